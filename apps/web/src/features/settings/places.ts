import type { Option } from '#ui/select.tsx'

/** ISO 3166-1 alpha-2, every country a phone number can belong to. */
const countryCodes =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'

/** Countries by their name in the person's language, neighbours of the default first. */
export function countryOptions(locale: string): Option[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const options = countryCodes.split(' ').map((code) => ({ value: code, label: names.of(code) ?? code }))
  const near = ['ID', 'MY', 'SG', 'BN', 'TL']
  const rank = (code: string) => (near.includes(code) ? near.indexOf(code) : near.length)
  return options.sort(
    (left, right) => rank(left.value) - rank(right.value) || left.label.localeCompare(right.label, locale),
  )
}

const indonesianZones: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** IANA zones with their distance from UTC now, Indonesia's three first. */
export function timeZoneOptions(locale: string, now: Date, current: string): Option[] {
  const known = new Set([...Object.keys(indonesianZones), ...Intl.supportedValuesOf('timeZone'), current])
  return [...known].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
    hint: [indonesianZones[zone], offsetOf(locale, zone, now)].filter(Boolean).join(' · '),
  }))
}

function offsetOf(locale: string, timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' }).formatToParts(now)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
