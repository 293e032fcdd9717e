"""The words that make a title, and what each of them needs to be one."""

from __future__ import annotations

from glossa.extraction import vocabulary as words

# Heads that mean something else in small letters, or stand before a name only.
CAPITAL_ONLY = words.FORMS | frozenset(
    "principal cardinal marshal count commissar private general justice constable baron duke earl father major attorney "
    "shah sheikh shadow warden registrar deputy consul dean provost viscount laird".split()
) - {"dean", "consul", "registrar"}  # fmt: skip


# In small letters verbs or things as well: only behind these, or before "of".
DOUBTFUL = frozenset("judge coach chair captain speaker secretary cardinal rector".split())


DETERMINERS = frozenset(
    'the a an his her its their our my your this that as former late then new by and , ( — – - : ; “ ‘ " another one '
    "with".split()
)


VERBAL = frozenset("to will would can could must should may might not who they we you i cannot".split())


BARE_MODIFIERS = frozenset(
    "police opposition party team union village commune district province provincial army navy air military mission majority minority squad "
    "squadron executive operating financial medical commanding liaison information technology warrant petty legal press protocol defence defense fire "
    "intelligence security permanent special resident country regional municipal national deputy project programme "
    "department division section brigade battalion company platoon group rebel house senate delegation government "
    "state supreme interim scout student labour labor flag training press cabinet customs gendarmerie prison bureau agency network campaign "
    "community spiritual religious revolutionary tribal youth staff crew city town county bank acting assistant finance operations investment data compliance"
    .split()
)  # fmt: skip


BARE_NEEDS = {
    "officer": frozenset(
        "executive operating financial medical commanding liaison information technology warrant petty legal press protocol "
        "compliance data investment flag staff returning training security disarmament programme fisheries".split()
    ),
    "member": frozenset(),
    **dict.fromkeys(
        (
            "monk observer economist strategist negotiator engineer scientist archivist architect curator conservator auditor surgeon physician nurse geologist "
            "hydrologist epidemiologist statistician seismologist meteorologist forecaster coroner trader analyst".split()
        ),
        frozenset(("chief", "head")),
    ),
    "representative": frozenset("special permanent resident country regional chief deputy general high trade".split()),
    "chief": BARE_MODIFIERS - {"deputy", "special", "executive"},
    "leader": BARE_MODIFIERS - {"executive", "financial"},
    "head": BARE_MODIFIERS - {"executive"},
    "deputy": frozenset(),
}


COMPLEMENT = frozenset("head chief leader".split())  # "head of the Department": enough to be a title


PLURALS = {
    "ministers": "minister", "presidents": "president", "governors": "governor", "chiefs": "chief", "commanders": "commander",
    "secretaries": "secretary", "directors": "director", "ambassadors": "ambassador", "spokespersons": "spokesperson",
    "spokesmen": "spokesman", "chairmen": "chairman", "judges": "judge", "prosecutors": "prosecutor", "mayors": "mayor",
    "leaders": "leader", "heads": "head", "officers": "officer", "commissioners": "commissioner", "generals": "general",
    "colonels": "colonel", "captains": "captain", "coaches": "coach", "managers": "manager", "senators": "senator",
    "inspectors": "inspector", "envoys": "envoy", "attachés": "attaché", "advisers": "adviser", "advisors": "advisor",
    "representatives": "representative", "professors": "professor", "deputies": "deputy", "premiers": "premier",
    "mps": "mp", "meps": "mep", "princes": "prince", "princesses": "princess", "kings": "king", "queens": "queen", "bishops": "bishop",
    "archbishops": "archbishop", "coordinators": "coordinator", "secretaries-general": "secretary-general", "admirals": "admiral",
    "lieutenants": "lieutenant", "sergeants": "sergeant", "speakers": "speaker", "chancellors": "chancellor",
}  # fmt: skip


RANKS = {
    "lt": "Lieutenant", "gen": "General", "maj": "Major", "brig": "Brigadier", "col": "Colonel", "capt": "Captain",
    "cpt": "Captain", "sgt": "Sergeant", "cpl": "Corporal", "adm": "Admiral", "cmdr": "Commander", "cdr": "Commander",
    "pvt": "Private", "gov": "Governor", "sen": "Senator", "rep": "Representative", "prof": "Professor", "amb": "Ambassador",
    "supt": "Superintendent", "insp": "Inspector", "pres": "President", "hon": "Honourable", "ven": "Venerable", "rev": "Reverend",
}  # fmt: skip


TRIGGERS = words.TITLES | words.FORMS | words.BARE | frozenset(PLURALS) | {"executive"}


GENERALS = frozenset(
    "lieutenant major brigadier attorney secretary director consul inspector auditor solicitor surgeon governor colonel".split()
)
