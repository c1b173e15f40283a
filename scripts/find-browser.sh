#!/bin/sh
# Prints the path of Chromium, of its engine alone, of its driver or of Firefox; fails where there is none.
#   scripts/find-browser.sh chromium | shell | chromedriver | firefox
# CHROMIUM, CHROMIUM_SHELL, CHROMEDRIVER and FIREFOX win over what PATH holds.
case $1 in
chromium) set -- "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ;;
shell) set -- "${CHROMIUM_SHELL:-}" chromium-headless-shell ;;
chromedriver) set -- "${CHROMEDRIVER:-}" chromedriver /usr/lib/chromium/chromedriver ;;
firefox) set -- "${FIREFOX:-}" firefox-esr firefox \
    "/Applications/Firefox.app/Contents/MacOS/firefox" ;;
*) exit 2 ;;
esac
for name do
    [ -n "$name" ] && command -v "$name" && exit 0
done
exit 1
