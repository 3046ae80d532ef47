"""The few words that a rendition adds to a post, and dates in words, by language."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from .document import Direction

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
)
_SCRIPTS_RIGHT_TO_LEFT = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said in one language; `months` are twelve words, without which dates are figures."""

    language: str
    months: str
    date: str
    by: str
    published: str
    updated: str
    categories: str
    notes: str
    links: str
    comments: str
    removed: str
    answering: str
    image: str
    left_out: str
    back_to_note: str
    back_to_link: str
    note: str
    link: str
    done: str
    to_do: str
    contents: str
    one_article: str
    articles: str
    first_of_month: str = "1"

    def day(self, instant: datetime) -> str:
        """Write the day of an instant, in UTC."""
        day = _day_of(instant)
        if not self.months:
            return day.isoformat()
        number = self.first_of_month if day.day == 1 else str(day.day)
        month = self.months.split()[day.month - 1]
        return self.date.format(day=number, month=month, year=day.year)

    def days(self, first: datetime, last: datetime) -> str:
        """Write a range of days; one day where both instants fall on it."""
        return " – ".join(dict.fromkeys((self.day(first), self.day(last))))

    def number_of_articles(self, count: int) -> str:
        """Say of how many articles a book is made."""
        return self.one_article if count == 1 else self.articles.format(count=count)


def wording_for(language: str) -> Wording:
    """Find the words for a language (BCP 47).

    For one without words of its own they are English, and dates are written as ISO 8601 has them;
    `Wording.language` tells which language the words are in.
    """
    subtags = language.lower().split("-")
    if subtags[0] == "en" and len(subtags) > 1 and "us" not in subtags[1:]:
        return replace(_ENGLISH, date="{day} {month} {year}")
    return _WORDINGS.get(subtags[0], _NEUTRAL)


def direction_of(language: str) -> Direction:
    """Tell which way texts in a language (BCP 47) run."""
    subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == len("arab")), None)
    runs_left = script in _SCRIPTS_RIGHT_TO_LEFT if script else subtags[0] in _RIGHT_TO_LEFT
    return Direction.RIGHT_TO_LEFT if runs_left else Direction.LEFT_TO_RIGHT


def same_day(one: datetime, other: datetime) -> bool:
    """Tell whether two instants fall on one day, in UTC."""
    return _day_of(one) == _day_of(other)


def _day_of(instant: datetime) -> date:
    return instant.astimezone(UTC).date()


_ENGLISH = Wording(
    language="en",
    months="January February March April May June July August September October November December",
    date="{month} {day}, {year}",
    by="By {names}",
    published="Published {date}",
    updated="Updated {date}",
    categories="Categories",
    notes="Notes",
    links="Links",
    comments="Comments ({count})",
    removed="This comment was removed.",
    answering="in reply to {name}",
    image="Image",
    left_out="{count} more comments are to be read at {address}",
    back_to_note="Back to the mark of note {number}",
    back_to_link="Back to link {number}",
    note="Note {number}",
    link="Link {number}",
    done="Done",
    to_do="To do",
    contents="Contents",
    one_article="1 article",
    articles="{count} articles",
)
_NEUTRAL = replace(_ENGLISH, months="")
_GERMAN = Wording(
    language="de",
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    date="{day}. {month} {year}",
    by="Von {names}",
    published="Veröffentlicht am {date}",
    updated="Aktualisiert am {date}",
    categories="Kategorien",
    notes="Anmerkungen",
    links="Links",
    comments="Kommentare ({count})",
    removed="Dieser Kommentar wurde entfernt.",
    answering="Antwort an {name}",
    image="Bild",
    left_out="{count} weitere Kommentare stehen unter {address}",
    back_to_note="Zurück zum Verweis auf Anmerkung {number}",
    back_to_link="Zurück zu Link {number}",
    note="Anmerkung {number}",
    link="Link {number}",
    done="Erledigt",
    to_do="Offen",
    contents="Inhalt",
    one_article="1 Artikel",
    articles="{count} Artikel",
)
_FRENCH = Wording(
    language="fr",
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    date="{day} {month} {year}",
    by="Par {names}",
    published="Publié le {date}",
    updated="Mis à jour le {date}",
    categories="Catégories",
    notes="Notes",
    links="Liens",
    comments="Commentaires ({count})",
    removed="Ce commentaire a été supprimé.",
    answering="en réponse à {name}",
    image="Image",
    left_out="{count} autres commentaires sont à lire à l’adresse {address}",
    back_to_note="Retour à l’appel de la note {number}",
    back_to_link="Retour au lien {number}",
    note="Note {number}",
    link="Lien {number}",
    done="Fait",
    to_do="À faire",
    contents="Sommaire",
    one_article="1 article",
    articles="{count} articles",
    first_of_month="1er",
)
_SPANISH = Wording(
    language="es",
    months="enero febrero marzo abril mayo junio "
    "julio agosto septiembre octubre noviembre diciembre",
    date="{day} de {month} de {year}",
    by="Por {names}",
    published="Publicado el {date}",
    updated="Actualizado el {date}",
    categories="Categorías",
    notes="Notas",
    links="Enlaces",
    comments="Comentarios ({count})",
    removed="Este comentario ha sido eliminado.",
    answering="en respuesta a {name}",
    image="Imagen",
    left_out="Hay {count} comentarios más en {address}",
    back_to_note="Volver a la llamada de la nota {number}",
    back_to_link="Volver al enlace {number}",
    note="Nota {number}",
    link="Enlace {number}",
    done="Hecho",
    to_do="Pendiente",
    contents="Índice",
    one_article="1 artículo",
    articles="{count} artículos",
)
_ITALIAN = Wording(
    language="it",
    months="gennaio febbraio marzo aprile maggio giugno "
    "luglio agosto settembre ottobre novembre dicembre",
    date="{day} {month} {year}",
    by="Di {names}",
    published="Pubblicato il {date}",
    updated="Aggiornato il {date}",
    categories="Categorie",
    notes="Note",
    links="Collegamenti",
    comments="Commenti ({count})",
    removed="Questo commento è stato rimosso.",
    answering="in risposta a {name}",
    image="Immagine",
    left_out="Altri {count} commenti si leggono su {address}",
    back_to_note="Torna al richiamo della nota {number}",
    back_to_link="Torna al collegamento {number}",
    note="Nota {number}",
    link="Collegamento {number}",
    done="Fatto",
    to_do="Da fare",
    contents="Indice",
    one_article="1 articolo",
    articles="{count} articoli",
    first_of_month="1º",
)
_PORTUGUESE = Wording(
    language="pt",
    months="janeiro fevereiro março abril maio junho "
    "julho agosto setembro outubro novembro dezembro",
    date="{day} de {month} de {year}",
    by="Por {names}",
    published="Publicado em {date}",
    updated="Atualizado em {date}",
    categories="Categorias",
    notes="Notas",
    links="Ligações",
    comments="Comentários ({count})",
    removed="Este comentário foi removido.",
    answering="em resposta a {name}",
    image="Imagem",
    left_out="Há mais {count} comentários em {address}",
    back_to_note="Voltar à chamada da nota {number}",
    back_to_link="Voltar à ligação {number}",
    note="Nota {number}",
    link="Ligação {number}",
    done="Feito",
    to_do="Por fazer",
    contents="Índice",
    one_article="1 artigo",
    articles="{count} artigos",
)
_DUTCH = Wording(
    language="nl",
    months="januari februari maart april mei juni "
    "juli augustus september oktober november december",
    date="{day} {month} {year}",
    by="Door {names}",
    published="Gepubliceerd op {date}",
    updated="Bijgewerkt op {date}",
    categories="Categorieën",
    notes="Noten",
    links="Links",
    comments="Reacties ({count})",
    removed="Deze reactie is verwijderd.",
    answering="in antwoord op {name}",
    image="Afbeelding",
    left_out="Nog {count} reacties staan op {address}",
    back_to_note="Terug naar de verwijzing naar noot {number}",
    back_to_link="Terug naar link {number}",
    note="Noot {number}",
    link="Link {number}",
    done="Gedaan",
    to_do="Te doen",
    contents="Inhoud",
    one_article="1 artikel",
    articles="{count} artikelen",
)
_WORDINGS = {
    wording.language: wording
    for wording in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _PORTUGUESE, _DUTCH)
}
