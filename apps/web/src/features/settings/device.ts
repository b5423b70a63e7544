export type Device = { browser: string | null; system: string | null; isPhone: boolean }

/** First match wins: browsers built on Chrome also call themselves Chrome, Chrome also Safari. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/EdgA?\/|EdgiOS\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** Names browser and system of a `User-Agent`, for people to recognise; null for what is not known. */
export function describeDevice(userAgent: string | null): Device {
  const find = (table: typeof browsers) =>
    table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null
  return {
    browser: find(browsers),
    system: find(systems),
    isPhone: /Mobile|iPhone|Android/.test(userAgent ?? ''),
  }
}
