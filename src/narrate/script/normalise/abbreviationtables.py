"""Abbreviations that voices misread or take for the end of a sentence, and what is said for them, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _pairs(rows: str) -> dict[str, str]:
    """A table in a line: ``short=long`` with semicolons between.

    >>> _pairs("Dr=Doctor; Mr=Mister")
    {'Dr': 'Doctor', 'Mr': 'Mister'}
    """
    return dict(row.strip().split("=") for row in rows.split(";"))


TITLES: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "Dr=Doctor; Mr=Mister; Mrs=Missus; Ms=Ms; Messrs=Messieurs; Prof=Professor; Gen=General; Col=Colonel; "
        "Capt=Captain; Lt=Lieutenant; Sgt=Sergeant; Sen=Senator; Rep=Representative; Gov=Governor; Rev=Reverend; "
        "Hon=Honourable; St=Saint; Mt=Mount; Ft=Fort"
    ),
    "de": _pairs("Dr=Doktor; Prof=Professor; Hr=Herr; Fr=Frau; St=Sankt"),
    "fr": _pairs("M=Monsieur; Dr=Docteur; Me=Maître; St=Saint; Ste=Sainte"),
    "es": _pairs("Sr=Señor; Sra=Señora; Dr=Doctor; Dra=Doctora; Sta=Santa; Sto=Santo"),
    "it": _pairs("Sig=Signor; sig=signor; Dott=Dottor; dott=dottor; Prof=Professor"),
    "nl": _pairs("Dhr=De heer; dhr=de heer; Mevr=Mevrouw; mevr=mevrouw; Dr=Doctor; Prof=Professor"),
    "pt": _pairs("Sr=Senhor; Sra=Senhora; Dr=Doutor; Dra=Doutora"),
}
"""Before a name, with a full stop."""

STREETS: Mapping[str, str] = _pairs("St=Street; Ave=Avenue; Blvd=Boulevard; Rd=Road")
"""After a name, in English."""

NUMBERED: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "No=number; no=number; Nos=numbers; nos=numbers; Fig=Figure; fig=figure; Vol=Volume; vol=volume; Ch=Chapter; "
        "ch=chapter; pp=pages; p=page; Sec=Section; sec=section; Eq=Equation; Art=Article"
    ),
    "de": _pairs("Nr=Nummer; S=Seite; Abb=Abbildung; Bd=Band; Kap=Kapitel; Art=Artikel"),
    "fr": _pairs("p=page; fig=figure; vol=volume; chap=chapitre"),
    "es": _pairs("pág=página; núm=número; fig=figura; vol=volumen"),
    "it": _pairs("pag=pagina; fig=figura; vol=volume; n=numero"),
    "nl": _pairs("nr=nummer; blz=bladzijde; fig=figuur"),
    "pt": _pairs("pág=página; fig=figura; vol=volume"),
}
"""Before a number, with a full stop."""

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "e.g.=for example; E.g.=For example; i.e.=that is; I.e.=That is; cf.=compare; vs.=versus; v.=versus; "
        "etc.=et cetera; viz.=namely; approx.=approximately; et al.=and others; Jr.=Junior; Sr.=Senior; "
        "a.k.a.=also known as; Inc.=Incorporated; Ltd.=Limited; Corp.=Corporation; Bros.=Brothers; dept.=department"
    ),
    "de": _pairs(
        "z. B.=zum Beispiel; z.B.=zum Beispiel; d. h.=das heißt; d.h.=das heißt; u. a.=unter anderem; "
        "u.a.=unter anderem; z. T.=zum Teil; u. U.=unter Umständen; o. ä.=oder ähnliches; v. a.=vor allem; "
        "usw.=und so weiter; bzw.=beziehungsweise; vgl.=vergleiche; ca.=circa; evtl.=eventuell; "
        "ggf.=gegebenenfalls; sog.=sogenannte"
    ),
    "fr": _pairs("p. ex.=par exemple; c.-à-d.=c’est-à-dire; etc.=et cetera; env.=environ"),
    "es": _pairs("p. ej.=por ejemplo; etc.=etcétera; aprox.=aproximadamente"),
    "it": _pairs("ad es.=ad esempio; p. es.=per esempio; ecc.=eccetera"),
    "nl": _pairs("bijv.=bijvoorbeeld; d.w.z.=dat wil zeggen; enz.=enzovoort; o.a.=onder andere"),
    "pt": _pairs("p. ex.=por exemplo; etc.=et cetera"),
}
"""Anywhere; a full stop that also ends the sentence stays."""
