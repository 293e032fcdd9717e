"""English words that decide whether a full stop ends a sentence. All are written without their last full stop."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by a name, so the full stop after them never ends a sentence.
TITLES = _words(
    "adm amb asst atty brig bro capt cdr cmdr col comdr commr cpl cpt cmsgt dir dr drs ens excell fr gen gens gov "
    "govs hon ing insp lieut lt ltc ltg lt.col lt.gen maj mgen bgen msgr mr mrs ms messrs mme mlle mx pfc ph pres "
    "prof profs pte pvt rep reps rev rt sec sen sens sgt sgts sr.col spc spec ssgt supt sra srta treas v.adm "
    "vice.adm mt ft"
)

# Never end a sentence.
NEVER = _words("h.e h.h h.m h.r.h h.m.k e.g i.e cf viz vs")

# The full stop does not end a sentence where a number follows: "No. 5", "Art. 9", "pp. 3-5", "c. 1900".
NUMBERED = _words(
    "no nos art arts fig figs p pp vol vols sec secs ch chap para paras eq rs c ca approx est cl clause reg res"
)

# May end a sentence or stand in the middle of one: the next word decides.
EITHER = _words(
    "inc ltd co corp corps plc bros jr sr st ave blvd rd dept univ assn intl govt natl gmbh llc mfg hq ph.d m.d b.a "
    "m.a b.sc m.sc ll.m d.phil esq ret jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur "
    "thurs fri sat sun"
)

CLOCK = frozenset(("a.m", "p.m", "am", "pm"))

# After a clock time these go on with the sentence: "at 9 a.m. Monday", "9 a.m. Tokyo time" (see sentences.py).
DAYS_AND_MONTHS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december gmt utc ict jst est edt pst pdt cet bst eastern pacific"
)

# Capitalised, these begin a sentence whatever stands before them.
STRONG_STARTERS = _words(
    "the he she it they we this these those his their its our in on at but and after before during when while if as "
    "according however meanwhile although since a mr mrs ms"
)

# Capitalised, these nearly always begin a sentence, but some are also family names ("J. K. So").
STARTERS = STRONG_STARTERS | _words(
    "an that you i her my by for from with under over where though or so yet also there here both no not one two "
    "some many most several all each every earlier later then now what who why how is are was were do does did to "
    "of among about between despite because until such other another nor only even still once"
)

# "“Why?” General Yamazaki asked.": a name and one of these after a quotation go on with its sentence.
SPEECH_VERBS = _words(
    "said says asked asks added adds told tells replied replies answered answers explained stated noted wrote "
    "writes warned declared announced shouted cried argued insisted stressed recalled remarked responded continued "
    "concluded demanded exclaimed commented tweeted wondered joked"
)
