import { existsSync } from 'node:fs'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
] as const

/** The browser of this machine; the first usual place when there is none, so that its absence is told by name. */
export function findChromium(): string {
  return usualPlaces.find((place) => existsSync(place)) ?? usualPlaces[0]
}
