import fc from 'fast-check'

const nasty = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e',
  "'; drop table contacts; --",
  '%',
  '_%\\',
  '{{{{{|}}}}}',
  '{',
  '\\',
  '[name',
  '$1',
  '../../../etc/passwd',
  'x'.repeat(5000),
  '😀'.repeat(300),
  'null',
  'NaN',
  '-1',
  '1e400',
  '9'.repeat(40),
  '2147483648',
  '-271821-04-20T00:00:00.000Z',
  '2026-02-30T25:61',
  'ws_00000000000000000000000000000000',
  '=HYPERLINK("http://evil")',
  '<script>alert(1)</script>',
  'constructor',
  '__proto__',
  'hasOwnProperty',
]

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, 0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, [], {}, [[]], [null], { toString: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(hostileText, { maxLength: 3 }),
)

/** Anything at all, or what would be right with one hostile spot in it. */
export function hostileBody(valid: unknown): fc.Arbitrary<unknown> {
  const spots = spotsOf(valid)
  if (spots.length === 0) return hostileValue
  const damaged = fc
    .tuple(fc.constantFrom(...spots), hostileValue)
    .map(([spot, value]) => replaceAt(valid, spot, value))
  return fc.oneof({ weight: 4, arbitrary: damaged }, { weight: 1, arbitrary: hostileValue })
}

type Spot = readonly string[]

function spotsOf(value: unknown, at: Spot = []): Spot[] {
  if (typeof value !== 'object' || value === null) return at.length === 0 ? [] : [at]
  const inside = Object.entries(value).flatMap(([key, child]) => spotsOf(child, [...at, key]))
  return at.length === 0 ? inside : [at, ...inside]
}

function replaceAt(value: unknown, [key, ...rest]: Spot, replacement: unknown): unknown {
  if (key === undefined) return replacement
  if (Array.isArray(value)) {
    return value.map((child, index): unknown =>
      String(index) === key ? replaceAt(child, rest, replacement) : child,
    )
  }
  const fields = value as Readonly<Record<string, unknown>>
  return { ...fields, [key]: replaceAt(fields[key], rest, replacement) }
}

/** Cursors that no list gave out, some of the right shape. */
export const forgedCursors: readonly string[] = [
  'x',
  '....',
  ...[
    null,
    {},
    [],
    ['x'],
    ['x', 'y'],
    ['', ''],
    [1, 2],
    ['-271821-04-20T00:00:00.000Z', 'con_1'],
    ['+275760-09-13T00:00:00.000Z', 'con_1'],
    ['infinity', 'x'],
    ['NaN', 'x'],
    ['1e400', 'x'],
    ['8640000000000000', 'x'],
    ['-8640000000000000', 'x'],
    ['9'.repeat(200), 'x'],
    ['2026-01-01', '\0'],
    ['2026-01-01', '\ud800'],
    ["2026-01-01'", "x'"],
    ['2026-13-45 99:99', 'x'],
  ].map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url')),
]
