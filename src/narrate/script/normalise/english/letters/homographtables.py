"""Words that voices misread in some company: each with its respelling and with what makes it sure.

`before` and `after` are patterns of the words beside it; `never_before` and `never_after` are what forbids it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_OBJECT = " (?:the|a|an|its|his|her|their|our|my|your|this|that|these|those|it|them|him|all|any|some)\\b"
_QUESTION = (
    "did|does|do|will|would|can|could|may|might|must|should|shall|let|that|Did|Does|Do|Will|Can|Should|Could|Would|"
    "help|nor|if|Let|whether|make|made|until"
)
_METAL = (
    " (?:pipes?|piping|paints?|poisoning|bullets?|contamination|crystals?|glass|ores?|oxide|acetate|nitrate|"
    "sul(?:f|ph)ide|azide|weights?|mines?|miners?|mining|pellets?|solder|smelters?|dust|roof|shielding|batter(?:y|ies)|arsenate|carbonate|"
    "concentrations?|ingots?|coffins?|fumes|particles|exposure|sheath|levels in (?:the )?(?:blood|water|soil)|"
    "service lines?|(?:and|or) (?:zinc|copper|arsenic|mercury|cadmium|tin|silver))\\b|"
    "-(?:based|free|lined|acid|glazed|tainted|contaminated)\\b|"
    ", (?:zinc|arsenic|mercury|cadmium|copper|tin|asbestos)\\b"
)
_IN_WHICH_METAL = (
    "contain|contains|contained|containing|molten|of|toxic|ingest|ingesting|mercury and|arsenic and|cadmium and|"
    "zinc and|copper and|tin and|silver and|mercury,|arsenic,|pencil|traces of|exposure to|levels of|melted|tetraethyl"
)
_HELD = " in (?:the |drinking |tap )?(?:water|paint|soil|blood|petrol|gasoline)\\b"
_LONG_AGO = (
    "[^.?!]{0,60}\\b(?:yesterday|last (?:week|night|year|month|summer|winter)|(?:hours|days|weeks|months|years) ago|"
    "as a (?:child|boy|girl))\\b"
)
_NOTICE = (
    "sign|letter|note|statement|message|headline|banner|placard|inscription|plaque|caption|label|poster|signs|banners|"
    "placards|posters"
)
_ONE_PERSON = (
    "(?:(?<!\\w )(?:The|His|Her) (?!people|men|women|children|police|public|media|staff|team)[a-z]+[a-rt-z]|"
    "(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Judge|President|Justice|Senator|Minister)\\.? [A-Z][a-z]+)"
)
"""One who does it now "reads", so "read" is of the past."""

_COUNT = (
    "[Ee]xperts|[Aa]nalysts|[Ss]cientists|[Oo]fficials|[Ee]conomists|[Rr]esearchers|[Aa]uthorities|[Aa]stronomers|"
    "[Hh]istorians|[Ss]ome|[Pp]olice|[Ee]ngineers"
)
_MANY = (
    "[Pp]eople|who|users|companies|men|women|children|scientists|researchers|doctors|teachers|farmers|students|workers|"
    "developers|programs|hackers|Americans|Britons"
)
_END_OF = " of (?:business|trading|play|the (?:day|year|market|session|season|century|war|window))\\b"
_TORN = (
    " (?:it|them|him|her|us|up|down|apart|off|out|through|into|away|open|a hole|the|their|his|your|itself|"
    "themselves)\\b"
)
_SMALL = (
    " (?:details?|amounts?|quantit(?:y|ies)|traces?|particles?|differences?|variations?|fractions?|fragments?|doses?|"
    "organisms?|scrutiny|inspection)\\b"
)
_STATE_OF = (
    "is|are|was|were|be|am|been|seem|seems|seemed|not|perfectly|quite|remain|remains|remained|appear|appears|appeared|"
    "more than|I’m|I'm|he’s|she’s"
)

ROWS: tuple[Mapping[str, str], ...] = (
    {
        "word": "read",
        "said": "red",
        "before": "(?:[Hh]e|[Ss]he|[Ee]veryone|[Nn]obody|[Ss]omeone)(?: (?:once|later|also|then|often|never|just))?",
        "never_before": _QUESTION,
        "never_after": "-",
    },
    {"word": "read", "said": "red", "before": _ONE_PERSON, "never_before": _QUESTION, "never_after": "-"},
    {"word": "read", "said": "red", "before": "[Ww]idely|[Mm]ost widely"},
    {"word": "read", "said": "red", "before": _NOTICE, "after": "[:,] ?[\"“‘'A-Z]| as follows"},
    {"word": "read", "said": "red", "before": "I|we|they|We|They", "never_before": _QUESTION, "after": _LONG_AGO},
    {"word": "lead", "said": "led", "after": _METAL},
    {"word": "lead", "said": "led", "before": "[Tt]he|of|for|much|no|any|high|more", "after": _HELD},
    {"word": "lead", "said": "led", "before": _IN_WHICH_METAL, "after": "[.,;)]| (?:in|or|from|and|that|at) "},
    {"word": "close", "said": "cloze", "after": _OBJECT, "never_after": " all |-"},
    {"word": "close", "said": "cloze", "after": " of (?:business|trading|play)\\b"},
    {"word": "close", "said": "cloze", "before": "the|by|at|a|market|after|its", "after": _END_OF},
    {"word": "tear", "said": "tare", "after": _TORN},
    {
        "word": "bass",
        "said": "bas",
        "before": "[Ss]triped|[Ss]ea|[Ll]argemouth|[Ss]mallmouth|[Rr]ock|[Ss]potted|[Ff]reshwater|[Pp]eacock",
        "never_after": " (?:guitar|player|line|drum)",
    },
    {"word": "bass", "said": "bas", "after": " (?:fishing|boats?|anglers?|fisherm[ae]n|tournaments?)\\b"},
    {
        "word": "bow",
        "said": "bough",
        "before": "(?:take|takes|took|taking|taken) (?:a|an|his|her|their|its)(?: (?:final|last|deep|first|slight))?",
        "never_after": "[- ](?:tie|and arrow)",
    },
    {
        "word": "bow",
        "said": "bough",
        "before": "to|not|will|would|must|they|should|never",
        "after": " (?:to|down|out|before)\\b",
    },
    {
        "word": "bow",
        "said": "bough",
        "after": " (?:to|and) stern| of (?:the|a|his|her|their|our) (?:ship|boat|vessel|ferry|yacht|canoe|tanker)\\b",
    },
    {
        "word": "wind",
        "said": "wined",
        "before": "to|will|would|can|could|roads|paths|they|that|and",
        "after": " (?:it|them|its way|their way|your way|his way|your watch|the clock|a clock|the watch|through)\\b",
    },
    {"word": "Wind", "said": "Wined", "after": " (?:the|your|it) (?:clock|watch|yarn|wool|string|rope|thread)\\b"},
    {
        "word": "minute",
        "said": "my newt",
        "never_before": "last|\\d|one|two|five|ten|each|every|final|this",
        "after": _SMALL,
    },
    {"word": "content", "said": "kon-tent", "before": _STATE_OF, "after": " (?:to|with|in (?:his|her|their)) "},
    {
        "word": "refuse",
        "said": "reffuce",
        "after": " (?:collection|collectors?|bins?|trucks?|bags?|sacks?|dumps?|heaps?|disposal|lorry|lorries)\\b",
    },
    {
        "word": "produce",
        "said": "proh-dooce",
        "before": "fresh|local|organic|garden|seasonal|agricultural|homegrown|imported|surplus",
        "never_after": _OBJECT,
    },
    {"word": "produce", "said": "proh-dooce", "after": " (?:aisles?|sections?|stands?|department|bins?|growers?)\\b"},
    {"word": "excuse", "said": "excuze", "before": "[Tt]o|not|will|would|can|cannot|could|[Pp]lease"},
    {"word": "excuse", "said": "excuze", "after": " me\\b"},
    {"word": "estimate", "said": "estimait", "before": _COUNT, "never_after": " (?:is|was|of)\\b"},
    {"word": "Use", "said": "Yooz", "after": " (?:the|a|an|this|these|that|it|your|only|them|any|one|two)\\b"},
    {"word": "use", "said": "yooz", "before": _MANY, "after": " (?:the|a|an|this|these|it|their|our|your|my|them)\\b"},
    {
        "word": "delegates",
        "said": "delegets",
        "before": "the|of|[Pp]arty|pledged|state|some|convention|from|all|hundred",
    },
    {
        "word": "row",
        "said": "rau",
        "before": "[Aa]|diplomatic|bitter|public|political|growing|furious|escalating",
        "after": " (?:over|about) ",
        "never_before": "in",
    },
    {
        "word": "dove",
        "said": "dohv",
        "before": "[Hh]e|[Ss]he|[Tt]hey|who|and|then|plane|shares",
        "after": " (?:into|in|down|under|for|through|off|headfirst|right|straight)\\b",
    },
    {"word": "Nice", "said": "Neece", "before": "[Ii]n|near", "after": ",? (?:France|and (?:Cannes|Monaco))|[.;]|\\Z"},
    {"word": "Nice", "said": "Neece", "after": ", (?:in )?(?:southern )?France"},
    {
        "word": "Reading",
        "said": "Redding",
        "after": ", (?:England|Berkshire|Pennsylvania|Pa\\.)| (?:FC|Football Club|Borough)\\b",
    },
    {"word": "Reading", "said": "Redding", "before": "University of|in|near", "after": "[.,;]|\\Z"},
    {
        "word": "buffet",
        "said": "buffay",
        "before": "the|a|breakfast|lunch|dinner|eat|cold|hot|salad|hotel|open",
        "never_after": _OBJECT,
    },
    {
        "word": "wound",
        "said": "wownd",
        "before": "[Hh]e|[Ss]he|[Tt]hey|[Ii]t|river|road|path|trail|procession|line",
        "after": " (?:its way|their way|his way|through|around|along|down|up)\\b",
    },
    {
        "word": "resume",
        "said": "résumé",
        "before": "a|an|his|her|my|your|whose|impressive",
        "never_after": " (?:the|its|his|talks|work|play|operations|flights|normal|in|at|on)\\b",
    },
)
"""Earlier rows win."""
