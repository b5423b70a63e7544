export interface Names {
  readonly fullName: string
  readonly firstName: string
  readonly lastName: string
}

/**
 * Fills in the names that were not given from those that were: `Siti Nur Aini` → `Siti` and `Nur Aini`, and back. What was
 * given stays as it is, save for spaces.
 */
export function completeNames(given: Partial<Names>): Names {
  const fullName = tidy(given.fullName)
  const firstName = tidy(given.firstName)
  const lastName = tidy(given.lastName)
  if (fullName === '') return { fullName: tidy(`${firstName} ${lastName}`), firstName, lastName }
  if (firstName !== '' && lastName !== '') return { fullName, firstName, lastName }
  if (firstName !== '') return { fullName, firstName, lastName: without(fullName, `${firstName} `, 'start') }
  if (lastName !== '') return { fullName, firstName: without(fullName, ` ${lastName}`, 'end'), lastName }
  const space = fullName.indexOf(' ')
  if (space === -1) return { fullName, firstName: fullName, lastName: '' }
  return { fullName, firstName: fullName.slice(0, space), lastName: fullName.slice(space + 1) }
}

function tidy(name: string | undefined): string {
  if (name === undefined || name === '') return ''
  return name.trim().replace(/\s+/g, ' ')
}

function without(fullName: string, part: string, side: 'start' | 'end'): string {
  const whole = fullName.toLowerCase()
  if (side === 'start') return whole.startsWith(part.toLowerCase()) ? fullName.slice(part.length) : ''
  return whole.endsWith(part.toLowerCase()) ? fullName.slice(0, -part.length) : ''
}
