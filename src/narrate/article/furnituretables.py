"""The tables of `narrate.article.furniture`: a pattern a line, in any case of letters, for a whole line of text."""

from __future__ import annotations

PARTS = {
    "SITE": r"facebook, twitter, x, linkedin, reddit, whatsapp, telegram, pinterest, instagram, tiktok, youtube,"
    r" bluesky, mastodon, threads, e-?mail, flipboard, pocket, tumblr, messenger, google news, apple news",
    "PIECE": "article, story, post, page, piece, news, video, recipe, link, report, essay",
    "AGENCY": r"getty(?: images)?, reuters, afp, ap, associated press, epa, bloomberg, unsplash, shutterstock,"
    r" istock, alamy, pexels, pixabay, wikimedia commons, nasa, pa",
    "PICTURE": r"photo(?:graph)?s?, images?, pictures?, illustrations?, graphics?, videos?, fotos?, bild(?:er)?,"
    r" imagen, imágenes, immagine, afbeelding, beeld",
}
"""What stands for a name in capitals, divided by commas."""

ONE_WORD = r"""
share|tweet|(?:un)?subscribe|advertisement|advertising|ad|sponsored|promoted|comments?|loading(?:…|\.\.\.)?
teilen|anzeige|werbung|kommentare|partager|publicité|commentaires|compartir|publicidad|comentarios|condividi
pubblicità|commenti|compartilhar|partilhar|publicidade|comentários|delen|advertentie|reacties
"""
"""Furniture where it stands alone in a paragraph, without an end mark."""

PHRASES = r"""
(?:click (?:here )?to )?(?:share|e-?mail|print|bookmark|save|tweet|like)(?: with friends)? this(?: PIECE)?:?
(?:click (?:here )?to )?(?:share|e-?mail|tweet|like) this(?: PIECE)? (?:on|via|by|with) SITE
(?:click to )?share (?:on|via|by|to|with) SITE(?: \(opens in (?:a )?new (?:window|tab)\))?
(?:please )?(?:follow|like|find) (?:us|me|@\w+|the author) on SITE(?:(?:,| and|, and| or) (?:on )?SITE)*[.!]?
(?:aimez|likez|suivez|rejoignez)(?:[ -]nous)?(?: notre page)?(?: sur)? SITE\W*
(?:folgen sie|folge) uns auf SITE\W*|(?:síguenos|seguici|siga-nos|segue-nos) (?:en|su|no|na) SITE\W*
add us to your address book[.!]?
(?:you can )?update (?:your )?(?:e-?mail )?preferences or unsubscribe(?: from (?:this|our) list)?[.!]?
want to change how you receive these e-?mails\?(?: you can update your preferences or unsubscribe from this list[.!]?)?
(?:if|having trouble) (?:this|you can(?:not|['’]t)|viewing)\b.{0,50}\b(?:e-?mail|message)\b.{0,40}\bclick here[.!]?
si ce (?:message|mail|e-?mail)\b.{0,60}\bcliqu(?:er|ez) ici[.!]?
wenn (?:diese|sie diese) (?:e-?mail|nachricht|newsletter)\b.{0,60}\bklicken sie (?:bitte )?hier[.!]?
copy (?:this |the )?link(?: to clipboard)?|print this page|pin it|save for later
add to (?:favou?rites|bookmarks|reading list)
(?:click here to )?unsubscribe(?: from (?:this|our|these) [\w ]{2,30}| here| at any time)?[!.]?
(?:view|read|open)(?: (?:it|this(?: \w+)?|online))? in (?:your |a |the )?(?:web )?browser[!.]?
(?:manage|update|change) (?:your |my )?(?:e-?mail )?(?:preferences|subscription)s?[!.]?
subscribe (?:now|today|here)[!.]?|(?:sign|log) (?:up|in) (?:now|here|today)[!.]?
already a (?:subscriber|member)\? (?:log|sign) in(?: here)?[.!]?
(?:please )?(?:subscribe to|sign up (?:for|to)|get|join|receive) (?:our|my)(?: [\w-]+){0,3} newsletters?[.!]?
(?:please )?(?:subscribe to|sign up (?:for|to)) (?:our|my)(?: [\w-]+){0,3} newsletters? (?:here|now|today|below)[.!]?
(?:sign up|subscribe|get)\b[^.!?]{0,100}\b(?:delivered|sent|straight)\b[^.!?]{0,30} to your (?:inbox|e-?mail)[.!]?
related (?:articles?|stor(?:y|ies)|posts?|content|coverage|topics|news|reading):?
more (?:related )?(?:stories|articles)|more on this (?:story|topic)
you (?:may|might) (?:also )?(?:like|enjoy|be interested in)[:.…]?|recommended (?:for you|stories|articles|reading):?
other people are reading|more must-reads(?: from [\w ]{2,20})?|loading comments(?:…|\.\.\.)?
most (?:read|popular|viewed|shared):?|trending now|up next|read next:?|what to read next|editors?['’] picks?
more from (?:this author|the author|our partners|around the web):?
read more(?: here| about this)?(?:…|\.\.\.|:)?
(?:click here to )?(?:continue|keep) reading(?: the main story| below)?(?:…|\.\.\.)?
(?:the )?(?:story|article|post) continues (?:below|after)(?: (?:the |this )?(?:ad|advertisement|video|sign-?up))?[.:]?
skip (?:past |to )?(?:(?:main |the )?content|navigation|advertisement|newsletter promotion|ad)
(?:back|return|scroll) to (?:the )?top(?: of (?:the )?page)?|jump to (?:recipe|comments|navigation)
advertisement\W+(?:continue reading|scroll|story|article|keep)\b[\w ]*
(?:sponsored|paid|partner|promoted|branded) (?:content|post|stories|links)
(?:\d[\d,.]*|no) comments?(?: yet)?\.?|comments? \(\d+\)|(?:leave|add|post|write) a (?:comment|reply)[.!]?
(?:view|show|see|read) all (?:\d+ )?comments?|be the first to comment[.!]?|comments are (?:now )?closed\.?
join the conversation|\d[\d,.]* (?:shares|likes|retweets)
(?:\d+|one|two|three|five|ten)[ -]min(?:ute)?s?[ -]read|(?:estimated )?reading time:? (?:about )?\d+ min(?:ute)?s?\.?
please enable javascript(?: (?:to|in)\b.{0,80})?[.!]?
your browser does not support (?:the )?(?:video|audio|html5)\b.{0,60}
artikel (?:teilen|drucken|merken|versenden)|(?:jetzt )?newsletter (?:abonnieren|bestellen)[.!]?|mehr zum thema
zur startseite|nach oben|(?:\d+ )?kommentare (?:anzeigen|lesen|schreiben)|\d+ kommentare?|weiterlesen
das könnte sie auch interessieren|diesen artikel (?:teilen|drucken)
partager (?:cet |l['’])article|sur le même sujet|à lire aussi|\d+ commentaires?|lire la suite
s['’]abonner(?: à la newsletter)?|haut de page|la suite après (?:cette|la) publicité
compartir (?:este )?artículo|\d+ comentarios?|noticias relacionadas|te puede interesar|seguir leyendo
suscríbete(?: a (?:la|nuestra) newsletter)?[.!]?
condividi (?:questo |l['’])articolo|articoli correlati|\d+ commenti|continua a leggere|iscriviti alla newsletter[.!]?
torna su|(?:compartilhar|partilhar) (?:este )?artigo|(?:notícias relacionadas|artigos relacionados)|continue lendo
deixe um comentário|assine a newsletter[.!]?
deel dit artikel|lees verder|meer over dit onderwerp|\d+ reacties?|gerelateerde artikelen
schrijf je in voor (?:de|onze) nieuwsbrief[.!]?
"""
"""Whole lines that are furniture wherever they stand."""

LABELS = r"""
read more|read also|also read|read next|related (?:stor(?:y|ies)|articles?|posts?|reading)|more on this
lesen sie (?:auch|mehr)|mehr dazu|(?:[àa] )?lire aussi|lire également|lee también|leer más|le puede interesar
leggi anche|leia também|leia mais|lees ook
"""
"""Before the heading of another article."""

TAGS = r"""
tags?|tagged(?: with| as)?|filed under|posted in|schlagw(?:orte|örter)|mots[- ]clés|etiquetas
"""
"""Before what a site files an article under."""
