using System.Collections.Frozen;

namespace Cairn.Knowledge;

/// <summary>
/// Everyday words that people use for each other when they ask about what a paper says ("pay", "fee"; "ship", "vessel"). Groups are small
/// and general; a word may stand in several. They make a word near to a term of the question, never equal to it.
/// </summary>
internal static class RelatedWords
{
    private static readonly FrozenDictionary<string, string[]> Related = Read(
        """
        pay cost price charge fee rate tariff owe
        pay salary wage earn remuneration compensation
        pay payment money reimburse refund settle
        payment instalment deposit remittance
        money sum amount euro
        cheap discount rebate reduction
        rent lease tenancy rental let
        tenant lessee occupier
        contract agreement deal
        clause term condition provision
        end terminate cancel expire finish stop conclude
        begin start commence open
        stop cease halt suspend interrupt pause
        continue resume restart proceed
        allow permit may let authorise authorize approve admit accept
        permission permit approval authorisation authorization consent licence license
        forbid prohibit ban refuse reject disallow deny
        refuse decline reject
        must obligatory mandatory required compulsory shall need
        limit maximum cap ceiling most highest
        least minimum lowest fewest
        big large great
        small little minor
        new recent current latest
        old previous former earlier prior
        today now current currently present
        person people staff employee worker personnel man
        colleague staff employee
        boss manager supervisor superior head lead
        leader head chief director
        responsible charge owner accountable
        customer client buyer account
        supplier vendor contractor provider seller
        firm company business organisation organization enterprise
        visitor guest
        driver haulier trucker carrier
        truck lorry vehicle
        car vehicle automobile
        ship vessel boat
        captain master skipper
        sailor seafarer crew mariner
        port harbour harbor dock
        quay berth pier wharf dock
        moor tie berth lash
        rope line cable hawser
        unload discharge
        load cargo freight goods shipment consignment
        container box unit
        goods product article item merchandise
        warehouse store storage depot
        keep retain store hold preserve
        hold suspend block
        freeze frozen cold chill refrigerate reefer
        cool cold chill
        heat hot warm
        dangerous hazardous risky
        danger hazard risk
        safe secure
        accident incident crash collision event
        injury hurt wound harm
        damage harm loss spoil defect
        break fail malfunction defect fault damage
        outage failure blackout downtime interruption
        electricity power current mains
        repair mend fix maintain maintenance service
        inspect check examine survey audit test review
        check verify confirm
        measure weigh gauge
        weight weigh heavy scale
        report notify inform tell announce notice
        notice notification period
        announce publish declare
        ask request apply query inquire demand
        request application claim
        claim demand compensation damages
        complain complaint objection dispute grievance
        answer reply respond response
        decide determine rule resolve
        decision ruling resolution
        sign signature countersign
        document paper record file form
        record recording log register
        receipt invoice bill voucher
        invoice bill
        tax duty levy vat
        insurance insurer cover policy
        rule regulation policy requirement
        law regulation statute legal
        punish penalty fine sanction discipline
        fine penalty charge
        buy purchase procure order acquire
        sell sale
        order purchase booking
        book reserve booking reservation appointment slot
        appointment slot booking meeting
        meet meeting session
        trip travel journey business
        hotel room accommodation lodging overnight sleep
        night overnight
        meal food lunch dinner breakfast
        gift present hospitality entertainment
        home house remote
        holiday leave vacation absence
        sick ill illness medical
        doctor physician medical
        work job duty task labour
        shift turn roster
        break rest pause interval
        train training course instruct instruction
        learn study
        teach instruct train
        quick fast rapid immediate prompt soon
        delay late wait
        late overdue
        deadline until latest before
        time hour period duration
        duration length period
        year annual yearly
        month monthly
        day daily
        week weekly
        hour hourly
        often frequent frequency every
        speed fast velocity rate
        wind gust storm gale
        rain wet weather
        sea water tide
        spill leak pollution discharge
        oil fuel diesel
        fire burn flame
        alarm alert warning
        phone telephone call ring
        letter mail email message
        message text sms mail
        password code credential login
        login sign-in access
        computer system software
        screen display monitor
        show display indicate
        mean meaning stand signify
        cause reason because due
        why reason
        increase rise raise grow
        raise lift hoist
        lower reduce decrease cut drop fall
        change amend alter modify revise
        amendment change revision
        replace substitute exchange swap
        add additional extra further supplement
        surcharge supplement extra
        part share portion percentage
        half fifty
        number figure count quantity
        name call title
        place location site where
        area zone region
        north northern
        south southern
        east eastern
        west western
        deep depth draught
        shallow depth
        long length
        high height
        wide width
        equipment gear tool device
        machine device equipment
        crane hoist lift
        door gate entrance
        enter entry access admission
        leave exit depart departure
        arrive arrival come
        send dispatch deliver ship
        deliver delivery supply
        return bring back
        take collect pick fetch
        give grant award hand
        provide offer supply give
        help support assist
        use operate employ
        operator user
        make produce create manufacture
        build construct construction
        design plan
        plan schedule programme program
        list table register
        choose select pick
        best preferred
        lose loss lost
        find locate discover
        see look view
        close shut closed
        share divide split
        join connect
        connect plug socket
        remove delete erase
        destroy delete dispose
        secret confidential private
        confidential nda disclosure
        liability liable responsible
        guarantee warranty
        target goal promise commitment
        promise commit undertake guarantee
        result outcome consequence
        problem issue trouble fault
        quality standard
        medicine drug pharmaceutical
        drink beverage alcohol
        child son daughter kid
        parent mother father
        marry wedding
        author writer write
        film movie
        picture image photo
        win victory beat defeat
        fight battle war
        army military troops
        king monarch ruler
        town city
        country nation state
        live reside inhabit
        population inhabitant people
        begin origin found establish
        found establish create
        invent discover develop
        kind type sort category
        example instance
        kosten preis gebühr entgelt
        zahlen bezahlen vergütung
        fahrer lkw
        lkw lastwagen fahrzeug
        schlafen übernachten ruhen parken
        parkplatz parken stellplatz
        mieten miete pacht
        vertrag vereinbarung
        kündigen kündigung beenden
        umsatz erlös
        prozent provision anteil
        vertreter agent agentur
        arbeit tätigkeit
        urlaub ferien
        """);

    /// <summary>The index terms that are related to one; none for most.</summary>
    public static IReadOnlyList<string> Of(string term) => Related.GetValueOrDefault(term, []);

    private static FrozenDictionary<string, string[]> Read(string groups)
    {
        var related = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var group in groups.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var terms = group.Split(' ').Select(word => Analyzer.Analyze(word)[0].Term).Distinct().ToList();
            foreach (var term in terms)
            {
                if (!related.TryGetValue(term, out var others))
                    related.Add(term, others = new HashSet<string>(StringComparer.Ordinal));
                others.UnionWith(terms.Where(t => t != term));
            }
        }
        return related.ToFrozenDictionary(r => r.Key, r => r.Value.ToArray(), StringComparer.Ordinal);
    }
}
