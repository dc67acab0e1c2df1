#!/bin/sh
# Rebuilds what Engage keeps of other people's work in engage/static: the compiled GOV.UK Frontend, the font, the
# OpenMoji pictures and their licences. RELEASE TIME ONLY: it needs npm, Python and both registries. The output is
# committed, so installing and running Engage needs neither npm nor the network.
#
#   tools/vendor_frontend.sh            rebuild everything in place
#
# Never touched: css/engage.css, css/styleguide.css, js/, mark.svg (hand-written).
# To add a picture: add its line to engage/static/pictures/manifest.yaml, then run this.
set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(dirname "$HERE")
STATIC=$ROOT/engage/static
PYTHON=${PYTHON:-python3}
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT INT TERM
cd "$WORK"

npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact \
  govuk-frontend@6.3.0 sass@1.93.2 rtlcss@4.3.0 svgo@4.0.0 openmoji@17.0.0 \
  @fontsource/atkinson-hyperlegible-next@5.3.0
"$PYTHON" -m venv fonttools
fonttools/bin/pip install --quiet fonttools==4.60.1 brotli==1.1.0

# 1. GOV.UK Frontend: compiled subset, and the same turned round for right-to-left
cp "$HERE/frontend.scss" .
npx --no-install sass --quiet --quiet-deps --silence-deprecation=import --load-path=node_modules --style=compressed --no-charset \
  --no-source-map frontend.scss frontend.css
if grep -qiE 'GDS Transport|@font-face|crown' frontend.css; then
  echo 'GOV.UK font or crown found in the CSS: stopped, nothing written' >&2
  exit 1
fi
npx --no-install rtlcss frontend.css frontend.rtl.css >/dev/null
for f in frontend frontend.rtl; do
  { printf '/*! Parts of GOV.UK Frontend 6.3.0, (c) Crown copyright, MIT: see LICENSES/MIT-govuk-frontend.txt. Made by tools/vendor_frontend.sh */\n'
    cat "$f.css"; } >"$STATIC/css/$f.css"
done

# 2. Font: English first (small), the rest of Latin and Latin Extended only when a page uses their letters.
#    The three ranges are repeated in engage.css section 0.
FONT=node_modules/@fontsource/atkinson-hyperlegible-next
ENGLISH='U+20-7E,U+A0,U+A3,U+B7,U+D7,U+E0,U+E9,U+EF,U+2013,U+2014,U+2018-201D,U+2022,U+2026,U+2212'
LATIN='U+A1,U+A2,U+A4-B6,U+B8-D6,U+D8-DF,U+E1-E8,U+EA-EE,U+F0-FF,U+131,U+152,U+153,U+2039,U+203A,U+20AC,U+2122'
for weight in 400 700; do
  from=$FONT/files/atkinson-hyperlegible-next
  fonttools/bin/pyftsubset "$from-latin-$weight-normal.woff2" --unicodes="$ENGLISH" --flavor=woff2 \
    --output-file="$STATIC/fonts/atkinson-next-$weight.woff2"
  fonttools/bin/pyftsubset "$from-latin-$weight-normal.woff2" --unicodes="$LATIN" --flavor=woff2 \
    --output-file="$STATIC/fonts/atkinson-next-latin-$weight.woff2"
  cp "$from-latin-ext-$weight-normal.woff2" "$STATIC/fonts/atkinson-next-latin-ext-$weight.woff2"
done

# 3. Pictures: the manifest says which. Those drawn for Engage are only tidied.
mkdir pictures
sed -nE 's/.*name: ([a-z0-9-]+),.*source: "OpenMoji ([0-9A-F]+)[",].*/\1 \2/p' "$STATIC/pictures/manifest.yaml" |
while read -r name code; do cp "node_modules/openmoji/color/svg/$code.svg" "pictures/$name.svg"; done
sed -nE 's/.*name: ([a-z0-9-]+),.*source: "drawn for Engage".*/\1/p' "$STATIC/pictures/manifest.yaml" |
while read -r name; do cp "$STATIC/pictures/$name.svg" pictures/; done
npx --no-install svgo --multipass --quiet --folder pictures
# A thumb to the side is the thumb up, turned.
sed -E 's/^(<svg[^>]*>)(.*)<\/svg>$/\1<g transform="rotate(66 36 36)">\2<\/g><\/svg>/' pictures/thumb-up.svg >pictures/thumb-side.svg
if grep -lE '<script|<style|href=|style=| on[a-z]+=' pictures/*.svg; then
  echo 'a picture has a script, a style or a link: stopped' >&2
  exit 1
fi
find pictures -name '*.svg' -size +3k -exec echo 'over 3 KB:' {} \;
cp pictures/*.svg "$STATIC/pictures/"

# 4. Licences
cp "$FONT/LICENSE" "$ROOT/LICENSES/OFL-1.1-atkinson-hyperlegible-next.txt"
cp node_modules/openmoji/LICENSE.txt "$ROOT/LICENSES/CC-BY-SA-4.0-openmoji.txt"
# The govuk-frontend package carries no licence file: LICENSES/MIT-govuk-frontend.txt is kept by hand.
test -s "$ROOT/LICENSES/MIT-govuk-frontend.txt"

cd "$STATIC"
for f in css/*.css fonts/*.woff2; do printf '%7d %7d  %s\n' "$(wc -c <"$f")" "$(gzip -9c "$f" | wc -c)" "$f"; done
printf '%7d bytes of pictures in %d files\n' "$(cat pictures/*.svg | wc -c)" "$(ls pictures/*.svg | wc -l)"
