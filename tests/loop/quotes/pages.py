"""Addresses of quotes, what stands on their pages, and what their forms would send."""

READY = "We wait for […] to ring us back"


def of_theme(theme, rest=""):
    return f"/staff/surveys/{theme.survey.slug}/lifecycle/{theme.id}/quotes{rest}"


def of_quote(quote, rest):
    return f"/staff/surveys/{quote.theme.survey.slug}/quotes/{quote.id}/{rest}"


def public(client, theme, query=""):
    return client.get(f"/you-said-we-did/{theme.survey.slug}{query}").page


def quotes_on(page):
    return page.texts(".pair blockquote")


def typed_on(page):
    """What the form would send."""
    names = ("place", "about")
    sent = {name: page.soup.select_one(f"main input[name={name}]")["value"] for name in names}
    return {**sent, "words": page.soup.select_one("#words").get_text(strip=True)}


def approve(client, quote):
    page = client.get(of_quote(quote, "approve")).page
    about = page.soup.select_one("main input[name=about]")["value"]
    return client.post(of_quote(quote, "approve"), data={"about": about})
