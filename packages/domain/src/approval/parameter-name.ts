/** Longest name of a parameter that Meta's own clients take. */
const nameMax = 20

/** What Meta takes as the name of a parameter: small letters and underscores. */
function plainName(variable: string): string {
  const letters = variable
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return letters.slice(0, nameMax).replace(/_+$/, '') || 'value'
}

/** `name`, `name_b`, `name_c` … The first that is free. */
export function parameterName(variable: string, taken: ReadonlySet<string>): string {
  const base = plainName(variable)
  let name = base
  for (let round = 1; taken.has(name); round += 1) {
    const tail = `_${suffix(round)}`
    name = base.slice(0, nameMax - tail.length) + tail
  }
  return name
}

/** 1 is `b`, 25 is `z`, 26 is `ba`. */
function suffix(round: number): string {
  const letter = String.fromCharCode(97 + (round % 26))
  return round < 26 ? letter : suffix(Math.floor(round / 26)) + letter
}
