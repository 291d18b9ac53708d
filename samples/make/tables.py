"""Writes the CSV files of the harbour sample. Plain Python, fixed seed: running it twice gives the same bytes."""
import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "harbour"


def write(name, header, rows):
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        w.writerows(rows)
    print(f"{name}: {len(rows)} rows")


# ---- tariff -------------------------------------------------------------------------------------------------
TARIFF = [  # code, what, unit, 2025, 2026, rebate allowed
    ("PD-01", "Port dues, container ships", "GT and call", 0.142, 0.149, "no"),
    ("PD-02", "Port dues, other ships", "GT and call", 0.118, 0.124, "no"),
    ("BH-10", "Berth hire E1 to E3", "m of length and 24 h", 3.10, 3.25, "yes"),
    ("BH-11", "Berth hire R1 and R2", "m of length and 24 h", 3.60, 3.85, "yes"),
    ("BH-12", "Berth hire B1 to B4", "m of length and 24 h", 2.20, 2.30, "yes"),
    ("CR-20", "Lift, 20-foot, laden", "lift", 92.00, 96.50, "volume"),
    ("CR-21", "Lift, 40-foot, laden", "lift", 108.00, 113.50, "volume"),
    ("CR-22", "Lift, empty", "lift", 61.00, 63.50, "volume"),
    ("CR-23", "Over-height frame", "lift", 45.00, 48.00, "yes"),
    ("CR-24", "Hatch cover", "move", 70.00, 74.00, "yes"),
    ("RF-30", "Reefer plug", "container and day begun", 58.00, 62.50, "yes"),
    ("RF-31", "Reefer monitoring", "container and day", 14.00, 15.50, "yes"),
    ("RF-32", "Pre-trip inspection", "container", 85.00, 89.00, "yes"),
    ("RF-33", "Clip-on genset", "day", 76.00, 80.00, "yes"),
    ("CS-40", "Cold store, frozen", "pallet and week", 9.80, 10.40, "yes"),
    ("CS-41", "Cold store, chilled", "pallet and week", 11.20, 11.90, "yes"),
    ("CS-42", "Cold store, pharma 2 to 8 C", "pallet and week", 18.50, 19.75, "yes"),
    ("CS-43", "Pallet in or out", "pallet", 6.40, 6.75, "yes"),
    ("ST-50", "Laden storage to day 10, after free days", "TEU and day", 12.00, 13.50, "yes"),
    ("ST-51", "Laden storage from day 11", "TEU and day", 24.00, 27.50, "yes"),
    ("ST-52", "Empty storage", "TEU and day", 5.00, 5.50, "yes"),
    ("GT-60", "Gate transaction", "truck", 8.50, 9.00, "yes"),
    ("GT-61", "Missed slot", "slot", 35.00, 40.00, "yes"),
    ("GT-62", "Weekend gate", "container", 22.00, 24.00, "yes"),
    ("GT-63", "Handling of paper documents", "document set", 15.00, 17.50, "yes"),
    ("VG-65", "Weighing, VGM", "container", 42.00, 44.00, "no"),
    ("TG-70", "Tug Sallow Prince, 55 t", "hour", 690.00, 725.00, "no"),
    ("TG-71", "Tug Sallow Pride, 42 t", "hour", 560.00, 590.00, "no"),
    ("TG-72", "Pilot boat", "transfer", 310.00, 325.00, "no"),
    ("MR-80", "Mooring gang, ship under 150 m", "operation", 420.00, 440.00, "yes"),
    ("MR-81", "Mooring gang, ship 150 m or more", "operation", 610.00, 640.00, "yes"),
    ("MR-82", "Mooring 22:00 to 06:00", "percent on MR-80/81", 25, 30, "yes"),
    ("WT-90", "Fresh water", "m3", 4.10, 4.35, "yes"),
    ("WS-91", "Ship's waste", "m3", 62.00, 66.00, "no"),
    ("SP-92", "Shore power", "kWh", 0.31, 0.29, "no"),
    ("LB-95", "Standby labour", "man-hour", 46.00, 48.50, "yes"),
    ("DG-97", "Dangerous goods supplement", "container", 55.00, 58.00, "no"),
    ("EN-01", "Energy surcharge, first quarter", "percent", 4.0, 3.2, "no"),
]
PRICE = {t[0]: t[4] for t in TARIFF}

# ---- customers ----------------------------------------------------------------------------------------------
CUSTOMER = {
    "NH-1004": "Brightwater Cold Chain", "NH-1040": "Brightwater Chandlery", "NH-1017": "Kestrel Feeder Line",
    "NH-1071": "Kestrel Freight Forwarding", "NH-1022": "Tarn & Vale Shipping", "NH-1029": "Meridale Foods",
    "NH-1092": "Merridale Grain Co-operative", "NH-1033": "Orrin Timber Imports", "NH-1056": "Haldane Aggregates",
    "NH-1063": "Silverstrand Wines", "NH-1085": "Gullmar Pharma Distribution", "NH-1048": "Aurelie Container Lines",
    "NH-1099": "Norrvik Line", "NH-1077": "Saltmarsh Shipping Partners", "NH-1011": "Haven Coasting Company",
}
TERMS = {"NH-1004": 45, "NH-1071": 14, "NH-1017": 21}

# ---- ships and berths ---------------------------------------------------------------------------------------
SHIPS = [  # ref, name, type, account, LOA, beam, draught, GT, shore power
    ("V-0155", "Tindra", "general cargo", "NH-1033", 106.5, 16.4, 5.6, 3890, "no"),
    ("V-0218", "Brannoch", "coaster", "NH-1011", 71.9, 12.1, 4.2, 1640, "400 V"),
    ("V-0288", "Corvane", "container", "NH-1048", 222.5, 32.2, 10.9, 28400, "no"),
    ("V-0289", "Corvina Star", "reefer", "NH-1029", 141.9, 22.4, 7.8, 10350, "6.6 kV"),
    ("V-0307", "Saltmarsh Rose", "reefer", "NH-1077", 129.8, 20.1, 7.1, 8120, "no"),
    ("V-0344", "Eider Grace", "reefer", "NH-1022", 127.2, 19.6, 6.9, 7480, "no"),
    ("V-0345", "Eider Grange", "general cargo", "NH-1022", 97.4, 15.8, 5.4, 3120, "no"),
    ("V-0370", "Saltmarsh Rover", "general cargo", "NH-1077", 112.0, 17.0, 6.0, 4480, "no"),
    ("V-0390", "Pellworth", "general cargo", "NH-1022", 134.2, 21.0, 7.0, 7900, "no"),
    ("V-0412", "Halvard", "reefer / general", "NH-1022", 138.4, 21.6, 7.3, 8650, "6.6 kV"),
    ("V-0421", "Halvarden", "container feeder", "NH-1017", 168.6, 26.8, 9.1, 16780, "no"),
    ("V-0466", "Ardent Tern", "container feeder", "NH-1017", 149.6, 23.4, 8.2, 11900, "no"),
    ("V-0501", "Lady Aurelie", "container feeder", "NH-1048", 178.2, 27.6, 8.9, 17950, "no"),
    ("V-0533", "Osterfjell", "container", "NH-1099", 254.0, 36.8, 12.0, 41200, "6.6 kV"),
    ("V-0534", "Osterfjord", "container", "NH-1099", 209.0, 30.2, 10.4, 25600, "no"),
    ("V-0560", "Gannet Point", "bulk", "NH-1056", 118.3, 18.2, 6.6, 5640, "no"),
    ("V-0561", "Gannet Rock", "bulk", "NH-1056", 119.5, 18.6, 6.8, 5810, "no"),
    ("V-0577", "Merle Vaughan", "general cargo", "NH-1092", 77.0, 12.8, 4.6, 1990, "no"),
    ("V-0580", "Orrin Spruce", "general cargo", "NH-1033", 108.8, 16.9, 5.9, 4120, "no"),
    ("V-0602", "Kittiwake Trader", "container feeder", "NH-1017", 139.7, 22.5, 7.9, 9960, "no"),
    ("V-0901", "Sallow Pride", "tug, 42 t", "own", 28.4, 9.8, 4.1, 310, "400 V"),
    ("V-0902", "Sallow Prince", "tug, 55 t", "own", 31.2, 11.0, 4.6, 420, "400 V"),
    ("V-0903", "Haven Pilot", "pilot boat", "own", 14.8, 4.6, 1.4, 28, "400 V"),
    ("V-0904", "Limpet", "survey and work boat", "own", 12.0, 4.2, 1.1, 19, "no"),
]
BERTHS = [  # name, place, length, depth, deck load, cranes, hooks, shore power, remark
    ("E1", "Eastreach", 320, 13.5, 60, "C1 C2", "yes", "6.6 kV 4.0 MVA", "may hold two ships"),
    ("E2", "Eastreach", 290, 13.0, 60, "C2 C3", "yes", "none", "trench for shore power dug, no equipment"),
    ("E3", "Eastreach", 210, 11.0, 50, "MH1", "no", "none", "see survey notice of 12 May 2026 for the south end"),
    ("R1", "Reefer Quay", 180, 9.2, 25, "none", "yes", "6.6 kV 1.6 MVA", "three lines each way from 100 m; more in winter"),
    ("R2", "Reefer Quay", 145, 8.4, 25, "none", "yes", "none", "tug compulsory for every ship"),
    ("B1", "Old Basin", 160, 8.0, 40, "MH1 on request", "no", "none", "grab work allowed"),
    ("B2", "Old Basin", 160, 7.6, 25, "none", "no", "none", "ship's gear only"),
    ("B3", "Old Basin", 118, 6.5, 25, "none", "no", "none", "cleared of unmanned ships at storm level Amber"),
    ("B4", "Old Basin", 95, 5.2, 25, "none", "no", "400 V 125 A", "tugs, pilot boat, coasters; hard at north end"),
    ("D1", "Dolphins", 60, 7.0, 0, "none", "no", "none", "lay-by for barges, no cargo"),
    ("D2", "Dolphins", 60, 7.0, 0, "none", "no", "none", "lay-by for barges, no cargo"),
    ("D3", "Dolphins", 60, 6.1, 0, "none", "no", "none", "closed, pile damage since January 2025"),
    ("AN1", "Outer anchorage", 300, 18.0, 0, "none", "no", "none", "mud, good holding"),
    ("AN2", "Outer anchorage", 260, 17.0, 0, "none", "no", "none", "mud, good holding"),
    ("AN3", "Outer anchorage", 200, 15.5, 0, "none", "no", "none", "dangerous goods ships only"),
    ("AN4", "Inner anchorage", 140, 10.5, 0, "none", "no", "none", "sand, drags from gusts of 18 m/s"),
    ("AN5", "Inner anchorage", 120, 9.0, 0, "none", "no", "none", "coasters waiting for tide"),
    ("SL1", "Old Basin", 40, 2.0, 15, "none", "no", "400 V 63 A", "slip, workboats up to 90 t"),
    ("SL2", "Old Basin", 22, 1.2, 10, "none", "no", "none", "slip, rescue craft, keep clear"),
    ("PT1", "Pilot House", 30, 3.0, 5, "none", "no", "400 V 32 A", "pontoon for crew changes"),
]
LIMIT = {b[0]: b[2] - (30 if b[0][0] == "E" else 20) for b in BERTHS[:9]}
SHIP = {s[1]: s for s in SHIPS}


def calls():
    rnd = random.Random(412)
    rows = []

    def call(name, berth, day, hour, hours, moves=None, remark="", tugs=None):
        s = SHIP[name]
        arrive = datetime(day.year, day.month, day.day, hour, rnd.choice([0, 10, 20, 35, 50]))
        leave = arrive + timedelta(minutes=round(hours * 60 / 5) * 5)
        rows.append([arrive, s[0], s[1], CUSTOMER[s[3]], berth, arrive.strftime("%Y-%m-%d %H:%M"), leave.strftime("%Y-%m-%d %H:%M"),
                     tugs if tugs is not None else (2 if s[4] > 200 else 1 if s[4] > 140 else 0), moves if moves is not None else "", remark])
        new_rules = day >= date(2026, 2, 1)
        if new_rules and "dispensation" not in remark:
            assert s[4] <= LIMIT[berth] + 0.001, (name, berth)

    d = lambda m, dd: date(2026, m, dd)
    tue, i = date(2026, 1, 6), 0
    while tue <= date(2026, 6, 23):                       # E3, Tuesday window of the feeder line
        remark = ""
        moves = rnd.randint(190, 262)
        if tue == d(4, 28):
            remark = "MH1 stopped 2 h 40 for fault A22"
        call("Halvarden" if i % 2 == 0 else "Kittiwake Trader", "E3", tue, 6, 10.9 if remark else rnd.uniform(8.5, 11.2), moves, remark)
        tue += timedelta(days=7); i += 1
    sat = date(2026, 1, 10)
    while sat <= date(2026, 6, 20):                       # E3, Saturday window
        call("Ardent Tern", "E3", sat, 6, rnd.uniform(7.5, 10.4), rnd.randint(150, 228))
        sat += timedelta(days=14)
    for k in range(8):
        call("Lady Aurelie", "E3", date(2026, 1, 8) + timedelta(days=21 * k), 13, rnd.uniform(9, 13), rnd.randint(180, 260))
        call("Corvina Star", "R1", date(2026, 1, 14) + timedelta(days=21 * k), 5, rnd.uniform(24, 34))
    for k in range(6):
        call("Osterfjell", "E1", date(2026, 1, 12) + timedelta(days=28 * k), 4, rnd.uniform(20, 27), rnd.randint(520, 690))
        call("Osterfjord", "E2", date(2026, 1, 22) + timedelta(days=28 * k), 8, rnd.uniform(15, 21), rnd.randint(360, 450))
        call("Corvane", "E2", date(2026, 1, 29) + timedelta(days=28 * k), 9, rnd.uniform(16, 22), rnd.randint(380, 480))
        call("Halvard", "R1", date(2026, 1, 16) + timedelta(days=28 * k), 7, rnd.uniform(18, 26))
    call("Saltmarsh Rose", "R2", d(1, 11), 8, 21.5, None, "under MR-2024, nine tenths of the berth", 1)
    for day in (d(2, 8), d(3, 1), d(3, 22), d(4, 12), d(5, 3), d(5, 24), d(6, 14)):
        call("Saltmarsh Rose", "R1", day, 8, rnd.uniform(18, 24))
    call("Eider Grace", "R1", d(2, 23), 10, 16.0)
    call("Eider Grace", "R2", d(3, 19), 10, 15.2, None, "dispensation M-3 no. 2026/01, 2.2 m over, tug Sallow Prince in and out", 1)
    call("Eider Grace", "R1", d(5, 11), 9, 17.1)
    for name, berth, days in (("Pellworth", "B1", [(1, 19), (3, 9), (4, 27), (6, 8)]), ("Tindra", "B2", [(1, 6), (2, 3), (3, 17), (4, 29), (6, 2)]),
                              ("Orrin Spruce", "B2", [(2, 19), (4, 8), (5, 20)]), ("Saltmarsh Rover", "B2", [(1, 27), (3, 25), (6, 16)]),
                              ("Gannet Point", "B1", [(1, 7), (2, 11), (3, 18), (5, 13)]), ("Gannet Rock", "B1", [(2, 25), (4, 15), (6, 17)]),
                              ("Eider Grange", "B3", [(2, 5), (4, 2), (6, 4)]), ("Merle Vaughan", "B3", [(1, 21), (3, 12), (5, 27)]),
                              ("Brannoch", "B4", [(2, 12), (4, 21), (6, 10)])):
        for m, dd in days:
            remark = "bunker hose leak 22 April 05:20, INC-2026-009" if (name, m) == ("Brannoch", 4) else ""
            hour, hours = (14, 31.0) if remark else (rnd.randint(6, 15), rnd.uniform(10, 40))
            call(name, berth, d(m, dd), hour, hours, None, remark)
    rows.sort(key=lambda r: r[0])
    return [[f"CALL-26-{n:03d}"] + r[1:] for n, r in enumerate(rows, 1)]


# ---- invoices -----------------------------------------------------------------------------------------------
def invoices():
    rnd = random.Random(88)
    rows = []

    def add(day, code, what, net, vat=0.0, note="", number=None, due=None):
        due = due or day + timedelta(days=TERMS.get(code, 30))
        rows.append([day, number, code, CUSTOMER[code], what, net, vat, due, note])

    log = calls()

    def moves(month, *names):
        return [c[8] for c in log if c[2] in names and c[5].startswith(f"2026-{month:02d}") and c[8] != ""]

    months = [date(2026, m, 1) for m in range(1, 7)]
    ends = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 29), date(2026, 6, 26)]
    p = PRICE
    for n, (first, last) in enumerate(zip(months, ends)):
        label = first.strftime("%B %Y")
        cold = [46980.00, 48200.00, 50115.50, 49342.00, 51870.25, 52406.00][n]
        if n != 3:
            add(last, "NH-1004", f"Cold services {label}, statement {n+1:02d}/2026", cold, 0.23, "credited in part: CN-2026-0031" if n == 1 else "")
        surcharge = 1.032 if n < 3 else 1.038
        boxes, days = rnd.randint(18, 34), rnd.randint(3, 5)
        add(last, "NH-1029", f"Reefer plugs {label}: {boxes} containers x {days} days at RF-30 with energy surcharge", round(boxes * days * p["RF-30"] * surcharge, 2), 0.23)
        feeder = sum(moves(n + 1, "Halvarden", "Kittiwake Trader", "Ardent Tern"))
        lifts20, lifts40 = round(feeder * 0.30), round(feeder * 0.46)
        mt = feeder - lifts20 - lifts40
        add(last, "NH-1017", f"Lifts {label}: {lifts20} x CR-20, {lifts40} x CR-21, {mt} x CR-22", lifts20 * p["CR-20"] + lifts40 * p["CR-21"] + mt * p["CR-22"])
        for lifts in moves(n + 1, "Osterfjell"):
            add(last - timedelta(days=2), "NH-1099", f"Osterfjell {label}: {lifts} x CR-21", lifts * p["CR-21"])
            add(last - timedelta(days=2), "NH-1099", f"Osterfjell {label}: port dues 41,200 GT", round(41200 * p["PD-01"], 2))
        if moves(n + 1, "Lady Aurelie"):
            lifts = sum(moves(n + 1, "Lady Aurelie"))
            add(last - timedelta(days=1), "NH-1048", f"Lady Aurelie {label}: {lifts} x CR-21", lifts * p["CR-21"])
        add(first + timedelta(days=21), "NH-1022", f"Halvard {label}: port dues 8,650 GT, berth hire 138.4 m one day", round(8650 * p["PD-02"] + 138.4 * p["BH-11"], 2))
        trucks = rnd.randint(40, 95)
        add(last, "NH-1071", f"Gate {label}: {trucks} x GT-60", trucks * p["GT-60"], 0.23)
        add(first + timedelta(days=19), "NH-1056", f"Aggregates quay work {label}: {rnd.randint(30,60)} man-hours LB-95 and berth hire", round(rnd.randint(30, 60) * p["LB-95"] + 118.3 * p["BH-12"] * 2, 2), 0.23)
        pallets = rnd.randint(60, 120)
        add(last, "NH-1063", f"Wine, chilled {label}: {pallets} pallets x 4 weeks at CS-41 with energy surcharge", round(pallets * 4 * p["CS-41"] * surcharge, 2), 0.23)
        missed = rnd.randint(1, 6)
        add(first + timedelta(days=24), "NH-1033", f"Missed slots {label}: {missed} x GT-61", missed * p["GT-61"], 0.23)
        if n >= 3:
            weeks = [4, 5, 4][n - 3]
            add(last, "NH-1085", f"Chamber 4 {label}: 180 positions x {weeks} weeks, CS-42 less 6 %", round(180 * weeks * round(p["CS-42"] * 0.94, 3), 2), 0.23, "all-in energy price, no surcharge")
        if n in (2, 5):
            add(first + timedelta(days=17), "NH-1092", f"Grain, Merle Vaughan {label}: mooring 2 x MR-80, berth hire 77.0 m one day", round(2 * p["MR-80"] + 77.0 * p["BH-12"], 2), 0.23)
        if n in (0, 3):
            add(first, "NH-1040", f"Rent Unit 7, quarter from {first.isoformat()}", 10425.00, 0.0, "lease LSE-2022-007 as reviewed 2025")
        if n in (1, 4):
            add(first + timedelta(days=9), "NH-1077", f"Saltmarsh Rose {label}: port dues 8,120 GT, mooring 2 x MR-80", round(8120 * p["PD-02"] + 2 * p["MR-80"], 2))
        if n % 2 == 0:
            add(first + timedelta(days=6), "NH-1029", f"Corvina Star {label}: shore power {21000 + 700*n} kWh at SP-92", round((21000 + 700 * n) * p["SP-92"], 2), 0.23)
    add(date(2026, 1, 9), "NH-1033", "Storage 6 x 40-foot ex Tindra discharged 29 December 2025, out 6 January: 5 days x 12 TEU x 13.50", 810.00, 0.23, "wrong tariff year, corrected by CN-2026-0007", "INV-26-0019")
    add(date(2026, 2, 17), "NH-1033", "Credit to INV-26-0019: tariff of the discharge day applies (T-26-0116)", -234.00, 0.23, "credit note", "CN-2026-0007")
    add(date(2026, 3, 10), "NH-1004", "Service credit February 2026, alarm of 14 February acknowledged late (SLA-2023-014-B): 10 % of 48,200.00", -4820.00, 0.23, "credit note; T-26-0187", "CN-2026-0031")
    add(date(2026, 4, 30), "NH-1004", "Cold services April 2026, statement 04/2026", 49342.00, 0.23, "first posted to Brightwater Chandlery by mistake, sent to the right address 12 May (T-26-0243); term runs from receipt", "INV-26-0388", date(2026, 6, 26))
    add(date(2026, 3, 24), "NH-1022", "Eider Grace 19 March: tug Sallow Prince 2 x 1.5 h TG-70 under dispensation", 3 * p["TG-70"], 0.0, "M-3 no. 2026/01")
    add(date(2026, 4, 29), "NH-1011", "Brannoch 22 April: boom work, tug Sallow Pride 6 h TG-71", 6 * p["TG-71"], 0.0, "INC-2026-009; disputed by the ship's insurer")
    rows.sort(key=lambda r: (r[0], r[2], r[4]))
    # numbers grow with the date and pass through the fixed ones
    fixed = {"INV-26-0019": 19, "INV-26-0388": 388}
    plain = [r for r in rows if r[1] is None or r[1] in fixed]
    anchors = [(i, fixed[r[1]]) for i, r in enumerate(plain) if r[1] in fixed]
    lo_i, lo_n = -1, 0
    for i_anchor, n_anchor in anchors + [(len(plain), 561)]:
        span = i_anchor - lo_i
        for k in range(lo_i + 1, i_anchor):
            plain[k][1] = f"INV-26-{lo_n + (n_anchor - lo_n) * (k - lo_i) // span:04d}"
        lo_i, lo_n = i_anchor, n_anchor
    out = []
    for day, number, code, name, what, net, vat, due, note in rows:
        tax = round(net * vat, 2)
        if number.startswith("CN"):
            status, paid = "settled", day
        elif number == "INV-26-0019":
            status, paid = "paid in part, rest credited", date(2026, 2, 20)
        elif "disputed" in note:
            status, paid = "disputed", None
        elif due <= date(2026, 6, 22) and (rnd.random() < 0.93 or what.startswith("Rent")):
            paid = due - timedelta(days=rnd.randint(-6, 14))
            status = "paid"
        elif due <= date(2026, 6, 28):
            status, paid = "overdue" if due < date(2026, 6, 26) else "open", None
        else:
            status, paid = "open", None
        out.append([number, day.isoformat(), "" if number.startswith("CN") else due.isoformat(), code, name, what, f"{net:.2f}", f"{tax:.2f}", f"{net + tax:.2f}", status, paid.isoformat() if paid else "", note])
    assert len({r[0] for r in out}) == len(out)
    return out


# ---- orders -------------------------------------------------------------------------------------------------
def orders():
    rnd = random.Random(1107)
    offers = [
        ("NH-1004", "CS-43", "pallets in, frozen hake", (24, 66)), ("NH-1004", "RF-32", "pre-trip inspections", (2, 9)), ("NH-1004", "CS-43", "pallets out, mixed frozen", (26, 52)),
        ("NH-1029", "RF-30", "plug days for bananas", (12, 48)), ("NH-1029", "GT-62", "weekend collection, bananas", (4, 14)), ("NH-1029", "CS-43", "pallets in, berries", (10, 33)),
        ("NH-1033", "GT-60", "trucks for sawn timber", (6, 20)), ("NH-1033", "LB-95", "man-hours, re-strapping of bundles", (4, 16)), ("NH-1092", "LB-95", "man-hours, grain chute cleaning", (3, 10)),
        ("NH-1092", "MR-80", "mooring for Merle Vaughan", (2, 2)), ("NH-1063", "CS-43", "pallets out, wine", (8, 30)), ("NH-1063", "GT-63", "paper excise documents", (1, 5)),
        ("NH-1085", "CS-43", "pallets in, insulin and vaccines", (6, 22)), ("NH-1071", "GT-60", "trucks, groupage", (5, 18)), ("NH-1071", "VG-65", "weighings", (1, 8)),
        ("NH-1022", "WT-90", "fresh water for Halvard", (40, 110)), ("NH-1022", "MR-80", "mooring for Pellworth", (2, 2)), ("NH-1017", "CR-24", "hatch covers, Halvarden", (6, 14)),
        ("NH-1017", "WT-90", "fresh water for Ardent Tern", (30, 80)), ("NH-1048", "RF-33", "clip-on gensets", (1, 5)), ("NH-1099", "TG-70", "tug hours for Osterfjell", (3, 5)),
        ("NH-1056", "LB-95", "man-hours, grab change", (2, 6)), ("NH-1077", "WS-91", "waste from Saltmarsh Rose", (3, 9)), ("NH-1040", "GT-60", "trucks for stores", (2, 9)),
    ]
    rows, day = [], date(2026, 4, 1)
    for n in range(1001, 1111):
        code, item, what, (lo, hi) = offers[(n * 7 + rnd.randint(0, 6)) % len(offers)]
        wanted = day + timedelta(days=rnd.randint(1, 9))
        status = "done" if wanted < date(2026, 6, 20) else "confirmed"
        if rnd.random() < 0.06:
            status = "cancelled by customer"
        row = [f"ORD-26-{n}", day.isoformat(), code, CUSTOMER[code], item, what, rnd.randint(lo, hi), wanted.isoformat(), status, ""]
        if n == 1042:
            row = ["ORD-26-1042", day.isoformat(), "NH-1085", CUSTOMER["NH-1085"], "CS-43", "pallets in, vaccines, chamber 4", 18, wanted.isoformat(), "done", "named driver only"]
        if n == 1087:
            row = ["ORD-26-1087", "2026-05-26", "NH-1029", "Meridale Foods", "LB-95", "man-hours, loading of feed barley", 12, "2026-05-28", "cancelled by us", "wrong account: meant for NH-1092, replaced by ORD-26-1089 (T-26-0259)"]
        if n == 1089:
            row = ["ORD-26-1089", "2026-05-27", "NH-1092", "Merridale Grain Co-operative", "LB-95", "man-hours, loading of feed barley", 12, "2026-05-28", "done", "replaces ORD-26-1087"]
        rows.append(row)
        if n < 1083 and n % 2 == 0:
            day = min(day + timedelta(days=rnd.choice([1, 1, 1, 2])), date(2026, 5, 25))
        elif n == 1083:
            day = date(2026, 5, 26)
        elif n == 1089:
            day = date(2026, 5, 28)
        elif n > 1089 and n % 2 == 1:
            day = min(day + timedelta(days=rnd.choice([2, 3, 3])), date(2026, 6, 26))
    return rows


# ---- tickets ------------------------------------------------------------------------------------------------
SUBJECTS = [
    ("NH-1063", "documents", "low", "Excise form sent twice, please cancel one"), ("NH-1071", "gate", "normal", "Truck refused with code G-10 although booked"),
    ("NH-1029", "reefer", "high", "Ethylene reading missing for six boxes"), ("NH-1017", "berth", "normal", "Bollard pull certificate for E3 wanted"),
    ("NH-1004", "portal", "normal", "User left the company, remove his login"), ("NH-1022", "invoice", "normal", "Purchase order number not on port dues invoice"),
    ("NH-1048", "crane", "normal", "Damage to corner casting, pictures attached"), ("NH-1056", "operations", "low", "Dust complaint from neighbour, who replies?"),
    ("NH-1033", "gate", "normal", "Drivers wait over an hour on Mondays"), ("NH-1085", "audit", "normal", "Calibration certificates for chamber 4 before go-live"),
    ("NH-1099", "crane", "high", "Spreader fault on C2 cost three hours, statement of facts"), ("NH-1040", "lease", "low", "Roof light in Unit 7 drips"),
    ("NH-1071", "credit", "normal", "Raise our limit for the spring peak"), ("NH-1092", "operations", "normal", "Grain chute not cleaned before our cargo"),
    ("NH-1063", "cold store", "normal", "Pallet count differs by two"), ("NH-1029", "portal", "normal", "Temperature chart shows gaps at night"),
    ("NH-1017", "invoice", "normal", "Hatch covers billed that were not moved"), ("NH-1022", "ship", "low", "Fresh water quality report for Halvard"),
    ("NH-1004", "cold store", "normal", "Label printer at D2 drops the last digit"), ("NH-1077", "ship", "normal", "Copy of rope certificates seen on arrival"),
    ("NH-1048", "documents", "normal", "VGM amended after cut-off, please accept"), ("NH-1085", "cold store", "high", "Airlock D6 held open, alarm on our side"),
    ("NH-1033", "documents", "low", "Phytosanitary stamp unreadable"), ("NH-1071", "gate", "low", "Receipt for missed slot wanted"),
    ("NH-1056", "invoice", "normal", "Man-hours do not match our foreman's sheet"), ("NH-1011", "ship", "normal", "Shore socket on B4 without voltage"),
    ("NH-1063", "portal", "low", "Two-factor code arrives in the wrong language"), ("NH-1029", "gate", "normal", "Saturday collection closed early"),
    ("NH-1017", "berth", "high", "Ardent Tern asks for an earlier start on Saturday"), ("NH-1099", "ship", "normal", "Shore power load steps too slow"),
    ("NH-1092", "portal", "normal", "We see another company's orders"), ("NH-1004", "reefer", "normal", "Set point typed as minus 8 instead of minus 18"),
    ("NH-1040", "portal", "low", "How do we add a second user?"), ("NH-1022", "operations", "normal", "Cargo left wet on B1 overnight"),
    ("NH-1085", "documents", "normal", "Named drivers list, three changes"), ("NH-1048", "invoice", "normal", "Rebate statement 2025 not received"),
    ("NH-1071", "documents", "normal", "Authorised weigher letter has lapsed"), ("NH-1063", "cold store", "low", "Photographs of broken stretch film"),
    ("NH-1033", "operations", "normal", "Bundles stacked on uneven dunnage"), ("NH-1029", "reefer", "high", "Two containers unplugged too early"),
    ("NH-1077", "invoice", "normal", "Mooring night supplement although arrival 06:05"), ("NH-1056", "ship", "low", "Gannet Rock, gangway net missing"),
    ("NH-1004", "invoice", "normal", "Statement lists pallets that left in March"), ("NH-1017", "portal", "normal", "API key stopped working after rotation"),
    ("NH-1099", "berth", "normal", "Osterfjell draught 12.0, which tide for E2?"), ("NH-1085", "reefer", "high", "Alarm test did not reach our quality desk"),
    ("NH-1092", "invoice", "low", "Address still shows the old co-operative name"), ("NH-1071", "gate", "normal", "Kiosk prints blank slips"),
    ("NH-1040", "operations", "normal", "Paint delivery held because of quantity"), ("NH-1048", "crane", "normal", "Lift count differs by four, tally attached"),
    ("NH-1022", "ship", "normal", "Eider Grace, copy of form M-3 for the insurer"), ("NH-1029", "invoice", "normal", "Surcharge 3.8 on days in March"),
    ("NH-1063", "gate", "normal", "Slot shown green, lane said missed"), ("NH-1033", "portal", "low", "Export of bookings to spreadsheet"),
    ("NH-1004", "cold store", "high", "Chamber 1 door D2 open for seven minutes"), ("NH-1056", "documents", "low", "Weighbridge tickets May, one missing"),
    ("NH-1017", "crane", "normal", "Hourly move counts for Kittiwake Trader, please send"), ("NH-1085", "portal", "normal", "Read-only access for our auditor"),
    ("NH-1099", "documents", "normal", "Dangerous goods list returned, class 5.1 next to 3"), ("NH-1071", "credit", "high", "Code G-77 at 22:40 with perishable load"),
    ("NH-1077", "operations", "low", "Lost winch handle, B2"), ("NH-1048", "portal", "normal", "Berth plan shows local time, we need UTC"),
    ("NH-1022", "berth", "normal", "Can Halvard use R2 on 10 July?"), ("NH-1063", "invoice", "low", "Split invoice by warehouse order"),
]
SPECIAL = {  # number: (opened, code, category, priority, subject, reference, assignee, closed, outcome)
    116: ("2026-01-20", "NH-1033", "invoice", "normal", "Storage invoice uses 2026 price for a December discharge", "INV-26-0019; CN-2026-0007", "Rosheen Daly", "2026-02-17", "tariff of discharge day applies: 576.00 instead of 810.00"),
    187: ("2026-02-16", "NH-1004", "reefer", "urgent", "Rack RR3 without power on 14 February, eleven containers", "INC-2026-004; CN-2026-0031; C-2026-006", "Marek Vlasak", "2026-04-24", "service credit given; claim handled by Legal"),
    214: ("2026-04-29", "NH-1017", "crane", "high", "Halvarden on 28 April below the promised rate, what do you pay?", "TSA-2024-003", "Bettina Ohm", "2026-05-08", "crane fault A22; measured 24.6 against 27, 1,300.00 on the May statement"),
    243: ("2026-05-11", "NH-1040", "invoice", "high", "We received an invoice for cold services that is not ours", "INV-26-0388", "Rosheen Daly", "2026-05-13", "belongs to Brightwater Cold Chain; data protection note DP-26-03; re-sent 12 May"),
    259: ("2026-05-27", "NH-1029", "operations", "high", "Why are we charged for loading barley?", "ORD-26-1087; ORD-26-1089", "Conor Whelan", "2026-05-28", "Merridale Grain meant; order moved, nothing billed"),
    301: ("2026-06-09", "NH-1071", "gate", "normal", "Four trucks marked missed on first day of GateLine 4", "GT-61", "Bettina Ohm", "2026-06-11", "outage 31 minutes on 8 June, fees waived by the system"),
}


def tickets():
    rnd = random.Random(259)
    total = len(SUBJECTS)
    step = (326 - 101) / total
    agents = ["Rosheen Daly", "Marek Vlasak", "Bettina Ohm", "Conor Whelan"]
    outcomes = ["answered with article", "corrected", "explained, customer content", "passed to engineering, mended", "credit not due, reason given", "done the same day", "file sent"]
    rows = {}
    for i, (code, cat, prio, subject) in enumerate(SUBJECTS):
        n = 101 + int(i * step)
        while n in SPECIAL or n in rows:
            n += 1
        rows[n] = [None, code, cat, prio, subject, "", rnd.choice(agents), None, rnd.choice(outcomes)]
    for n, s in SPECIAL.items():
        rows[n] = list(s)
    marks = [(101, date(2026, 1, 8))] + [(n, date.fromisoformat(s[0])) for n, s in sorted(SPECIAL.items())] + [(330, date(2026, 6, 26))]
    out = []
    for n in sorted(rows):
        r = rows[n]
        if r[0] is None:
            (n0, d0), (n1, d1) = next((a, b) for a, b in zip(marks, marks[1:]) if a[0] <= n <= b[0])
            opened = d0 + (d1 - d0) * (n - n0) // (n1 - n0)
            if opened.weekday() > 4:
                opened += timedelta(days=7 - opened.weekday())
                if opened > d1:
                    opened = d1
            closed = opened + timedelta(days=rnd.choice([0, 1, 1, 2, 3, 6, 9]))
            r[0] = opened.isoformat()
            r[7] = closed.isoformat() if closed <= date(2026, 6, 26) and n < 318 else ""
            if not r[7]:
                r[8] = ""
        out.append([f"T-26-{n:04d}", r[0], r[1], CUSTOMER[r[1]], r[2], r[3], r[4], r[5], r[6], "closed" if r[7] else "open", r[7], r[8]])
    return out


if __name__ == "__main__":
    write("prices/tariff-codes.csv", ["code", "item", "unit", "price_2025_eur", "price_2026_eur", "discountable"],
          [(c, w, u, f"{a:.3f}" if c[:2] == "PD" else f"{a:.2f}", f"{b:.3f}" if c[:2] == "PD" else f"{b:.2f}", r) for c, w, u, a, b, r in TARIFF])
    write("operations/ships.csv", ["vessel_ref", "name", "type", "account", "length_over_all_m", "beam_m", "max_draught_m", "gross_tonnage", "shore_power"], SHIPS)
    write("operations/berths.csv", ["berth", "area", "length_m", "depth_at_chart_datum_m", "deck_load_kn_m2", "cranes", "load_hooks", "shore_power", "remark"], BERTHS)
    write("operations/vessel-calls-2026.csv", ["call_no", "vessel_ref", "vessel", "account", "berth", "all_fast", "last_line_off", "tugs_in", "container_moves", "remark"], calls())
    write("customers/invoices-2026-h1.csv", ["invoice_no", "invoice_date", "due_date", "account", "customer", "description", "net_eur", "vat_eur", "gross_eur", "status", "paid_on", "note"], invoices())
    write("customers/orders-2026-q2.csv", ["order_no", "placed_on", "account", "customer", "tariff_code", "what", "quantity", "wanted_for", "status", "note"], orders())
    write("support/tickets-2026.csv", ["ticket_no", "opened_on", "account", "customer", "category", "priority", "subject", "references", "assignee", "state", "closed_on", "outcome"], tickets())
