"""Our own rule: words stand out from what is behind them by 7 to 1, in light and in dark."""

from playwright.sync_api import Page

from tests.browser.own_checks.scripts import evaluate

WANTED = 7

TOO_FAINT = """wanted => {
  const parse = text => {
    const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
    return {red, green, blue, alpha};
  };
  const over = (top, below) => Object.fromEntries([...['red', 'green', 'blue'].map(part =>
    [part, top[part] * top.alpha + below[part] * (1 - top.alpha)]), ['alpha', 1]]);
  const light = ({red, green, blue}) => [red, green, blue].map(value => value / 255)
    .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    .reduce((sum, value, place) => sum + value * [.2126, .7152, .0722][place], 0);
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const behind = e => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour.alpha === 1) break;
    }
    const white = {red: 255, green: 255, blue: 255, alpha: 1};
    return layers.reverse().reduce((below, layer) => over(layer, below), white);
  };
  const faint = [];
  const look = (e, text) => {
    const style = getComputedStyle(e), ground = behind(e);
    const ink = over(parse(e.closest('svg') ? style.fill : style.color), ground);
    const found = ratio(ink, ground);
    if (found >= wanted) return;
    faint.push(`${found.toFixed(1)} to 1: “${text.trim().slice(0, 40)}” (${named(e)})`);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walk.nextNode());) {
    const e = text.parentElement, isWords = /[\\p{L}\\p{N}]/u.test(text.data);
    if (isWords && !e.matches('script,style,option') && isShown(e)) look(e, text.data);
  }
  every('input:not([type=radio],[type=checkbox]),select,textarea')
    .filter(e => isShown(e) && e.value).forEach(e => look(e, e.value));
  return faint;
}"""


def findings(page: Page) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}, {each}" for each in evaluate(page, TOO_FAINT, WANTED)]
    page.emulate_media(color_scheme="light", reduced_motion=None)
    return found
