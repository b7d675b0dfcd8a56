"""Four drafts that a person would send, with all that the guard reads beside them, and small ways to spoil them.

They are the acceptance fixture of the guard: none of them may have a finding. Every person and firm is invented.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pipeline.guard.inspect import inspect
from pipeline.guard.permit import Permit
from pipeline.guard.reading import SLOT
from pipeline.types.decision import Action, AskDecision, Decision, Offer, Question, Reason, Term, Text
from pipeline.types.draft import Draft, Sentence
from pipeline.types.quantities import Day, Duration, Money, Percent, Quantity
from pipeline.types.request import Ask, Kind, Quote, Request
from pipeline.types.verdict import Verdict

TODAY = date(2026, 4, 1)
SIGNATURE = "Ida Holm\nLanternworks\n+49 30 5550123\nwww.lanternworks.example"
Line = tuple[str, str, bool]


@dataclass(frozen=True)
class Case:
    """A draft as lines of (backing, template, starts a paragraph), and what it is judged by."""

    greeting: str
    lines: tuple[Line, ...]
    goodbye: str
    decision: Decision
    request: Request
    permit: Permit
    subject: str = "Re: your request"

    @property
    def draft(self) -> Draft:
        """The draft as code would assemble it."""
        sentences = tuple(
            Sentence(template=template, text=self._fill(template), backing=backing, paragraph=paragraph)
            for backing, template, paragraph in self.lines
        )
        signoff = f"{self.goodbye}\n{SIGNATURE}"
        return Draft(
            subject=self.subject,
            body=f"{self.greeting}\n\n{_layout(sentences)}\n\n{signoff}",
            greeting=self.greeting,
            signoff=signoff,
            sentences=sentences,
            language=self.permit.language,
            prompt="draft@v1",
            model="none",
        )

    def inspect(self) -> Verdict:
        """The guard's verdict."""
        return inspect(self.draft, self.decision, self.request, self.permit)

    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {finding.code for finding in self.inspect().findings}

    def saying(self, old: str, new: str) -> "Case":
        """The same draft with one template's words replaced."""
        assert any(old in template for _, template, _ in self.lines), old
        return replace(self, lines=tuple((b, t.replace(old, new), p) for b, t, p in self.lines))

    def adding(self, backing: str, template: str, at: int = -1) -> "Case":
        """The same draft with one more sentence, by default before the last."""
        lines = list(self.lines)
        lines.insert(at, (backing, template, False))
        return replace(self, lines=tuple(lines))

    def without(self, backing: str) -> "Case":
        """The same draft without the sentences of one backing."""
        return replace(self, lines=tuple(line for line in self.lines if line[0] != backing))

    def permitting(self, **changes: object) -> "Case":
        """The same draft under another permit."""
        return replace(self, permit=self.permit.model_copy(update=changes))

    def deciding(self, **changes: object) -> "Case":
        """The same draft under another decision."""
        return replace(self, decision=self.decision.model_copy(update=changes))

    def _fill(self, template: str) -> str:
        return SLOT.sub(lambda match: self.permit.slots.get(match[1], match[0]), template)


def _layout(sentences: tuple[Sentence, ...]) -> str:
    """Paragraphs, and the offers as a numbered list."""
    text, offers = "", list[str]()
    for sentence in sentences:
        if sentence.backing.startswith("offer:") and sentence.backing not in offers:
            offers.append(sentence.backing)
            text += f"\n{len(offers)}. {sentence.text}"
        else:
            text += ("\n\n" if sentence.paragraph else " ") + sentence.text
    return text.strip()


def text(language: str, words: str) -> Text:
    """A policy text in one language."""
    return Text(by_language={language: words})


def offer(language: str, name: str, kind: str, words: str, **terms: Quantity) -> Offer:
    """An offer with its terms."""
    return Offer(
        id=name, kind=kind, text=text(language, words), asks=(1,),
        terms=tuple(Term(name=term, value=value) for term, value in terms.items()),
    )  # fmt: skip


def request(kind: Kind, language: str, aim: str) -> Request:
    """A request with one ask."""
    quote = Quote(part="body", start=0, end=3, text="ask")
    goal = Quote(part="body", start=4, end=4 + len(aim), text=aim)
    return Request(asks=(Ask(number=1, kind=kind, quote=quote),), aim=goal, language=language)


def decline(rule: str, reason: Text, offers: tuple[Offer, ...]) -> Decision:
    """A decline of the only ask, for one reason."""
    return Decision(
        action=Action.DECLINE,
        code=rule,
        asks=(AskDecision(ask=1, action=Action.DECLINE, lead=rule, fired=(rule,)),),
        reasons=(Reason(rule=rule, text=reason, asks=(1,)),),
        offers=offers,
    )


def permit(language: str, slots: dict[str, str], values: tuple[Quantity, ...], *names: str) -> Permit:
    """What these drafts may say."""
    return Permit(
        language=language,
        today=TODAY,
        slots=slots,
        values=values,
        names=(*names, "Lanternworks", SIGNATURE),
        private=("Marlowe Confectionery", "orders@marlowe.example", "the margin on this account is 31 %", "KX7-quartz-90"),
    )


def euros(amount: int) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def percent(number: int) -> Percent:
    return Percent(number=Decimal(number))


def working_days(number: int) -> Duration:
    return Duration(number=Decimal(number), unit="working_days")


def english_discount() -> Case:
    return Case(
        greeting="Dear Mara,",
        lines=(
            ("aim", "Opening the shop before the fair is worth doing well, and I see why every line of the quote counts.", False),
            ("rule:discount", "We can't take {ask.1.discount_asked} off this project; {rule.discount.limit} is as far as we go.", False),
            ("rule:discount", "At that price the tests of the checkout would have to go, and a checkout that fails during the fair costs you more than the reduction saves.", False),
            ("courtesy", "These would bring the bill down and keep the launch safe:", True),
            ("offer:smaller", "A smaller first version, catalogue and checkout only, for {offer.smaller.price}.", False),
            ("offer:prepaid", "The whole shop with {offer.prepaid.percent} off, paid before we start.", False),
            ("offer:prepaid", "This keeps every page you asked for.", False),
            ("offer:phased", "The whole shop at the quoted price, spread out: the blog and the newsletter follow from {offer.phased.start}.", False),
            ("courtesy", "Which of them fits your plan for the fair, {client.first_name}?", True),
        ),
        goodbye="Best regards,",
        decision=decline(
            "discount",
            text("en", "We give at most {limit} off."),
            (
                offer("en", "smaller", "scope", "A smaller version for {price}", price=euros(4480)),
                offer("en", "prepaid", "price", "{percent} off when paid in advance", percent=percent(10)),
                offer("en", "phased", "time", "In phases from {start}", start=Day(day=date(2026, 5, 4))),
                offer("en", "later", "time", "A later start"),
            ),
        ),
        request=request(Kind.DISCOUNT, "en", "open the shop before the fair"),
        permit=permit(
            "en",
            {
                "client.first_name": "Mara",
                "ask.1.discount_asked": "30%",
                "ask.1.quote": "“30% off or we walk”",
                "ask.1.deadline": "10 April 2026",
                "rule.discount.limit": "10%",
                "offer.smaller.price": "€4,480.00",
                "offer.prepaid.percent": "10%",
                "offer.phased.start": "4 May 2026",
            },
            (percent(30), percent(10), euros(4480), Day(day=date(2026, 5, 4)), Day(day=date(2026, 4, 10))),
            "Mara", "Quillon Press",
        ),
    )  # fmt: skip


def german_rush() -> Case:
    return Case(
        greeting="Guten Tag Frau Tarnow,",
        lines=(
            ("aim", "zur Messe mit einem Prospekt zu stehen, der hält, was er verspricht, ist ein gutes Ziel.", False),
            ("rule:lead", "Bis {ask.1.deadline} schaffen wir den Druck nicht: Vom fertigen Text an brauchen wir {rule.lead.days}.", False),
            ("rule:lead", "Ohne Korrekturlauf gingen Fehler in die ganze Auflage, und die sähen Ihre Kunden am Stand zuerst.", False),
            ("courtesy", "Was Ihnen zur Messe hilft:", True),
            ("offer:smaller", "Ein Faltblatt statt des Prospekts, fertig am {offer.smaller.date}.", False),
            ("offer:digital", "Der ganze Prospekt als Datei für Ihre Tablets am Stand, zum Preis von {offer.digital.price}.", False),
            ("offer:later", "Der gedruckte Prospekt nach der Messe, geliefert am {offer.later.date}, für die Gespräche danach.", False),
            ("courtesy", "Welcher Weg passt am besten zu Ihrem Stand?", True),
        ),
        goodbye="Mit freundlichen Grüßen",
        decision=decline(
            "lead",
            text("de", "Wir brauchen {days}."),
            (
                offer("de", "smaller", "scope", "Ein Faltblatt am {date}", date=Day(day=date(2026, 4, 9))),
                offer("de", "digital", "format", "Als Datei für {price}", price=euros(390)),
                offer("de", "later", "time", "Später, am {date}", date=Day(day=date(2026, 4, 20))),
            ),
        ),
        request=request(Kind.RUSH_DEADLINE, "de", "zur Messe einen Prospekt haben"),
        permit=permit(
            "de",
            {
                "ask.1.deadline": "3. April 2026",
                "rule.lead.days": "5 Arbeitstage",
                "offer.smaller.date": "9. April 2026",
                "offer.digital.price": "390,00 €",
                "offer.later.date": "20. April 2026",
            },
            (
                Day(day=date(2026, 4, 3)), working_days(5), Day(day=date(2026, 4, 9)), euros(390),
                Day(day=date(2026, 4, 20)),
            ),
            "Frau Tarnow",
        ),
    )  # fmt: skip


def french_scope() -> Case:
    return Case(
        greeting="Bonjour Madame Sorel,",
        lines=(
            ("aim", "Que vos visiteurs trouvent leur chemin dès l'ouverture, c'est aussi ce que nous voulons pour le musée.", False),
            ("rule:scope", "Nous ne pouvons pas ajouter les panneaux du jardin à la commande en cours, qui comprend {rule.scope.amount} de travaux pour les salles.", False),
            ("rule:scope", "Les glisser entre les salles retarderait la signalétique dont vos visiteurs ont besoin le premier jour.", False),
            ("courtesy", "Voici ce qui servirait l'ouverture :", True),
            ("offer:order", "Une commande à part pour le jardin, au prix de {offer.order.price}.", False),
            ("offer:swap", "Un échange : le jardin à la place du plan mural, pour le même montant.", False),
            ("offer:later", "Le jardin en seconde étape, livré le {offer.later.date}.", False),
            ("courtesy", "Laquelle de ces pistes vous aide le plus pour l'ouverture ?", True),
        ),
        goodbye="Cordialement,",
        decision=decline(
            "scope",
            text("fr", "La commande comprend {amount}."),
            (
                offer("fr", "order", "paid", "Une commande pour {price}", price=euros(2150)),
                offer("fr", "swap", "swap", "Un échange contre le plan mural"),
                offer("fr", "later", "time", "Plus tard, le {date}", date=Day(day=date(2026, 6, 15))),
            ),
        ),
        request=request(Kind.SCOPE_ADDITION, "fr", "que les visiteurs trouvent leur chemin"),
        permit=permit(
            "fr",
            {
                "rule.scope.amount": "8 400,00 €",
                "offer.order.price": "2 150,00 €",
                "offer.later.date": "15 juin 2026",
            },
            (euros(8400), euros(2150), Day(day=date(2026, 6, 15))),
            "Madame Sorel",
        ),
    )  # fmt: skip


def spanish_free_work() -> Case:
    return Case(
        greeting="Hola, Nuria:",
        lines=(
            ("aim", "Llenar la sala en el estreno es lo que importa, y un buen cartel ayuda a conseguirlo.", False),
            ("rule:unpaid", "No trabajamos sin cobrar, tampoco a cambio de aparecer en el programa.", False),
            ("rule:unpaid", "Un cartel hecho con prisas entre encargos no vendería las entradas que necesitas.", False),
            ("courtesy", "Esto sí podría servirte para el estreno:", True),
            ("offer:small", "Un cartel sencillo a partir de tu foto, por {offer.small.price}.", False),
            ("offer:plan", "El cartel completo, pagado en {offer.plan.time} desde la entrega.", False),
            ("offer:guide", "Una plantilla nuestra que imprimes por tu parte, lista el {offer.guide.date}.", False),
            ("courtesy", "¿Cuál encaja mejor con el estreno?", True),
        ),
        goodbye="Un saludo,",
        decision=decline(
            "unpaid",
            text("es", "No trabajamos sin cobrar."),
            (
                offer("es", "small", "scope", "Un cartel sencillo por {price}", price=euros(180)),
                offer("es", "plan", "payment", "Pago en {time}", time=Duration(number=Decimal(2), unit="months")),
                offer("es", "guide", "self", "Una plantilla el {date}", date=Day(day=date(2026, 4, 22))),
            ),
        ),
        request=request(Kind.FREE_WORK, "es", "llenar la sala en el estreno"),
        permit=permit(
            "es",
            {
                "offer.small.price": "180,00 €",
                "offer.plan.time": "2 meses",
                "offer.guide.date": "22 de abril de 2026",
            },
            (euros(180), Duration(number=Decimal(2), unit="months"), Day(day=date(2026, 4, 22))),
            "Nuria",
        ),
    )  # fmt: skip


def english_ask() -> Case:
    """A draft that only asks: nothing is decided yet."""
    good = english_discount()
    question = Question(id="item", text=text("en", "Which pages do you mean?"), ask=1)
    return replace(
        good,
        lines=(
            ("aim", "Opening the shop before the fair is a good aim, and I'd like to give you an answer that holds.", False),
            ("ask:1", "Before I can say anything about the extra pages I need to know one thing from you.", False),
            ("question:item", "Which pages do you mean, and who writes their texts?", True),
            ("courtesy", "As soon as I have this, you hear from me.", False),
        ),
        decision=Decision(action=Action.ASK, code="item", questions=(question,)),
    )  # fmt: skip


GOOD = {
    "english_discount": english_discount(),
    "german_rush": german_rush(),
    "french_scope": french_scope(),
    "spanish_free_work": spanish_free_work(),
    "english_ask": english_ask(),
}
