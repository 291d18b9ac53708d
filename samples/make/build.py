"""Turns the texts in src/ into the DOCX and PDF files of the harbour sample.

Needs python3-docx, python3-reportlab and Pillow. Same input, same bytes: dates and identifiers are fixed.
A text starts with "key: value" lines and a line "---". Then: "# ", "## ", "### " headings, "- " lists,
"| a | b |" tables (first row is the head), "===" a page break, everything else paragraphs.
"""
import io
import random
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "harbour"
STAMP = datetime(2026, 1, 1, 12, 0, 0)


def parse(path):
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    meta = dict(line.split(": ", 1) for line in head.strip().splitlines())
    blocks, para, table, items = [], [], [], []

    def flush():
        nonlocal para, table, items
        if para:
            blocks.append(("p", " ".join(para)))
        if table:
            blocks.append(("table", table))
        if items:
            blocks.append(("list", items))
        para, table, items = [], [], []

    for line in body.splitlines():
        if line.startswith("|"):
            if para or items:
                flush()
            cells = [c.strip() for c in line.strip().strip("|").split("|")]
            if not all(re.fullmatch(r"-+", c) for c in cells):
                table.append(cells)
        elif m := re.match(r"(#{1,3}) (.*)", line):
            flush()
            blocks.append((f"h{len(m[1])}", m[2]))
        elif line.startswith("- "):
            if para or table:
                flush()
            items.append(line[2:])
        elif line == "===":
            flush()
            blocks.append(("break", None))
        elif not line.strip():
            flush()
        elif items:
            items[-1] += " " + line.strip()
        else:
            para.append(line.strip())
    flush()
    return meta, blocks


# ---- DOCX ---------------------------------------------------------------------------------------------------
def docx(meta, blocks, target):
    import docx as d
    from docx.shared import Pt
    doc = d.Document()
    doc.styles["Normal"].font.name = "Calibri"
    doc.styles["Normal"].font.size = Pt(10.5)
    section = doc.sections[0]
    section.header.paragraphs[0].text = meta.get("header", "Northmoor Harbour Logistics Ltd")
    section.footer.paragraphs[0].text = meta.get("footer", meta["title"])
    doc.add_heading(meta["title"], level=0)
    for kind, value in blocks:
        if kind == "p":
            runs(doc.add_paragraph(), value)
        elif kind == "list":
            for item in value:
                runs(doc.add_paragraph(style="List Bullet"), item)
        elif kind == "table":
            t = doc.add_table(rows=0, cols=len(value[0]))
            t.style = "Table Grid"
            for r, row in enumerate(value):
                for cell, text in zip(t.add_row().cells, row):
                    run = cell.paragraphs[0].add_run(text)
                    run.bold = r == 0
            doc.add_paragraph()
        elif kind == "break":
            doc.add_page_break()
        else:
            doc.add_heading(value, level=int(kind[1]))
    core = doc.core_properties
    core.title, core.author, core.last_modified_by = meta["title"], meta.get("author", "Legal"), "Legal"
    core.created = core.modified = datetime.fromisoformat(meta["date"])
    core.revision = 1
    buffer = io.BytesIO()
    doc.save(buffer)
    with zipfile.ZipFile(buffer) as src, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as dst:
        for name in src.namelist():
            info = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            dst.writestr(info, src.read(name))


def runs(paragraph, text):
    for n, part in enumerate(re.split(r"\*\*(.+?)\*\*", text)):
        for k, piece in enumerate(re.split(r"\*([A-Za-z][^*]+)\*", part)):
            if piece:
                run = paragraph.add_run(piece)
                run.bold, run.italic = n % 2 == 1 or None, k % 2 == 1 or None


# ---- PDF ----------------------------------------------------------------------------------------------------
FONTS = {"sans": "LiberationSans", "serif": "LiberationSerif"}


def fonts(kind):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    name = FONTS.get(kind)
    for folder in ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation"):
        if name and Path(folder, f"{name}-Regular.ttf").exists():
            for style in ("Regular", "Bold", "Italic"):
                pdfmetrics.registerFont(TTFont(f"{name}-{style}", f"{folder}/{name}-{style}.ttf"))
            pdfmetrics.registerFontFamily(f"{name}-Regular", normal=f"{name}-Regular", bold=f"{name}-Bold", italic=f"{name}-Italic", boldItalic=f"{name}-Bold")
            return f"{name}-Regular", f"{name}-Bold"
    return "Helvetica", "Helvetica-Bold"


def pdf(meta, blocks, target):
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table, TableStyle, NextPageTemplate, FrameBreak
    normal, bold = fonts(meta.get("font", "helvetica"))
    size = float(meta.get("size", 10))
    two = meta.get("columns") == "2"
    base = ParagraphStyle("p", fontName=normal, fontSize=size, leading=size * 1.35, spaceAfter=size * 0.6)
    styles = {
        "p": base,
        "h1": ParagraphStyle("h1", base, fontName=bold, fontSize=size * 1.5, leading=size * 1.8, spaceBefore=size, keepWithNext=1),
        "h2": ParagraphStyle("h2", base, fontName=bold, fontSize=size * 1.2, leading=size * 1.5, spaceBefore=size * 0.6, keepWithNext=1),
        "h3": ParagraphStyle("h3", base, fontName=bold, keepWithNext=1),
        "li": ParagraphStyle("li", base, leftIndent=12, bulletIndent=2, spaceAfter=size * 0.25),
        "cell": ParagraphStyle("cell", base, fontSize=size * 0.88, leading=size * 1.1, spaceAfter=0),
        "title": ParagraphStyle("title", base, fontName=bold, fontSize=size * 2, leading=size * 2.5, spaceAfter=size),
        "sub": ParagraphStyle("sub", base, textColor=colors.HexColor("#555555")),
    }
    width, height = A4
    left, top, bottom = 20 * mm, 22 * mm, 20 * mm
    header, footer = meta.get("header", "Northmoor Harbour Logistics Ltd"), meta.get("footer", meta["title"])

    def decorate(canvas, doc):
        canvas.setFont(normal, 8)
        canvas.setFillGray(0.35)
        canvas.drawString(left, height - 14 * mm, header)
        canvas.drawRightString(width - left, height - 14 * mm, meta["date"])
        canvas.drawString(left, 12 * mm, footer)
        canvas.drawRightString(width - left, 12 * mm, f"Page {doc.page}")

    inner = width - 2 * left
    if two:
        gap, title_h = 8 * mm, 34 * mm
        col = (inner - gap) / 2
        first = [Frame(left, height - top - title_h, inner, title_h, 0, 0, 0, 0)] + \
                [Frame(left + k * (col + gap), bottom, col, height - top - bottom - title_h, 0, 0, 0, 0) for k in (0, 1)]
        later = [Frame(left + k * (col + gap), bottom, col, height - top - bottom, 0, 0, 0, 0) for k in (0, 1)]
        templates, room = [PageTemplate("first", first, onPage=decorate), PageTemplate("later", later, onPage=decorate)], col
    else:
        templates, room = [PageTemplate("all", [Frame(left, bottom, inner, height - top - bottom, 0, 0, 0, 0)], onPage=decorate)], inner

    def mark(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
        return re.sub(r"\*([A-Za-z][^*]+)\*", r"<i>\1</i>", text)

    story = [Paragraph(mark(meta["title"]), styles["title"])]
    if "subtitle" in meta:
        story.append(Paragraph(mark(meta["subtitle"]), styles["sub"]))
    if two:
        story += [NextPageTemplate("later"), FrameBreak()]
    for kind, value in blocks:
        if kind == "list":
            story += [Paragraph(mark(i), styles["li"], bulletText="\u2022") for i in value]
            story.append(Spacer(1, size * 0.4))
        elif kind == "table":
            longest = [max(11, max(min(len(r[c]), 48) for r in value)) for c in range(len(value[0]))]
            widths = [room * n / sum(longest) for n in longest]
            t = Table([[Paragraph(("<b>%s</b>" if r == 0 else "%s") % mark(c), styles["cell"]) for c in row] for r, row in enumerate(value)], widths, repeatRows=1)
            t.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e6ebef")),
                                   ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]))
            story += [t, Spacer(1, size)]
        elif kind == "break":
            story.append(PageBreak())
        else:
            story.append(Paragraph(mark(value), styles[kind]))
    doc = BaseDocTemplate(str(target), pagesize=A4, title=meta["title"], author=meta.get("author", "Northmoor Harbour Logistics"), invariant=1)
    doc.addPageTemplates(templates)
    doc.build(story)


# ---- a page that went through a scanner: an image, no text ----------------------------------------------------
def scan(meta, blocks, target):
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas
    folder = "/usr/share/fonts/truetype/liberation"
    face = lambda name, size: ImageFont.truetype(f"{folder}/{name}.ttf", size)
    page = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(page)
    y = 110
    draw.text((110, y), meta["title"], font=face("LiberationSerif-Bold", 40), fill=25)
    y += 80
    for kind, value in blocks:
        rows = value if kind in ("table", "list") else [value]
        font = face("LiberationSerif-Bold", 30) if kind.startswith("h") else face("LiberationMono-Regular", 23)
        for row in rows:
            if kind == "table":
                for c, cell in enumerate(row):
                    draw.text((110 + c * 360, y), cell, font=font, fill=45)
                draw.line((105, y + 32, 1130, y + 32), fill=150)
                y += 40
                continue
            words, line = row.split(), ""
            for w in words + [None]:
                if w is None or draw.textlength(f"{line} {w}", font=font) > 1010:
                    draw.text((110, y), line.strip(), font=font, fill=40)
                    y += 34
                    line = ""
                line = f"{line} {w}" if w else line
        y += 22
    draw.ellipse((820, 1440, 1090, 1710), outline=120, width=6)
    draw.text((868, 1540), "EXAMINED", font=face("LiberationSans-Bold", 36), fill=120)
    draw.text((868, 1585), "11 MAR 2026", font=face("LiberationSans-Bold", 28), fill=120)
    page = page.rotate(0.7, resample=Image.BICUBIC, fillcolor=238)
    rnd = random.Random(2)
    for _ in range(900):
        page.putpixel((rnd.randrange(1240), rnd.randrange(1754)), rnd.randrange(90, 200))
    data = io.BytesIO()
    page.save(data, "JPEG", quality=38)
    data.seek(0)
    c = Canvas(str(target), pagesize=A4, invariant=1)
    c.drawImage(ImageReader(data), 0, 0, *A4)
    c.save()


if __name__ == "__main__":
    only = sys.argv[1:]
    for path in sorted((HERE / "src").glob("*.txt")):
        if only and path.stem not in only:
            continue
        meta, blocks = parse(path)
        target = OUT / meta["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        make = scan if meta.get("kind") == "scan" else docx if target.suffix == ".docx" else pdf
        make(meta, blocks, target)
        print(meta["file"], target.stat().st_size)
