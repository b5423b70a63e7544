/** `+62812…` as WhatsApp Web writes it; a WhatsApp id (`…@lid`) stays. Null for anything else. */
export function widOf(address: string): string | null {
  if (/^\+\d{6,15}$/.test(address)) return `${address.slice(1)}@c.us`
  return /^\d{3,25}@(?:c\.us|lid)$/.test(address) ? address : null
}

/** E.164 with "+" where the id is a number, else the id itself. */
export function addressOf(wid: string): string {
  return wid.endsWith('@c.us') ? `+${wid.slice(0, -'@c.us'.length)}` : wid
}

/** The number of an account's own id, which may name a device (`62812…:3@c.us`). */
export function phoneOf(wid: string | null): string | null {
  const [, digits] = /^(\d{6,15})(?::\d+)?@c\.us$/.exec(wid ?? '') ?? []
  return digits === undefined ? null : `+${digits}`
}
