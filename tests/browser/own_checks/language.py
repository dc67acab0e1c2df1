"""WCAG 3.1.1 and 3.1.2: words in another writing say which language they are in."""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

# What each writing looks like, and the languages that are written so.
WRITINGS = {
    r"[\u0600-\u06FF]{3}": ["ar", "ur", "fa", "ps", "ku", "ckb", "sd"],
    r"[\u0400-\u04FF]{3}": ["uk", "ru", "bg", "sr", "mk", "be"],
    r"[\u0980-\u09FF]{2}": ["bn", "as"],
    r"[\u0A00-\u0A7F]{2}": ["pa"],
    r"[\u4E00-\u9FFF]{2}": ["zh", "ja", "yue"],
}
UNSAID = """writings => {
  const found = document.documentElement.lang ? [] : ['the page does not say its language'];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walk.nextNode());) {
    const holder = text.parentElement.closest('[lang]');
    const language = (holder ? holder.lang : '').toLowerCase().split('-')[0];
    for (const [letters, languages] of Object.entries(writings))
      if (new RegExp(letters).test(text.data) && !languages.includes(language))
        found.push(`said to be ${language || 'nothing'}: ` + text.data.trim().slice(0, 40));
  }
  return found;
}"""


def findings(page: Page) -> list[str]:
    found: list[str] = evaluate(page, UNSAID, WRITINGS)
    return found
