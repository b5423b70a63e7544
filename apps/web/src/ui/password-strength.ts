export type PasswordStrength = 'short' | 'weak' | 'fair' | 'strong'

/** Shortest password Siar accepts, in characters. */
export const passwordLengthMin = 10

const fairBits = 45
const strongBits = 62
const common =
  /pass(word)?|p4ss|sandi|rahasia|admin|siar|qwerty|asdf|zxcv|iloveyou|sayang|indonesia|bismillah|letmein|welcome|(19|20)\d\d/g

/** A rough guess of how hard a password is to guess; a hint for people, never a rule. */
export function passwordStrength(password: string): PasswordStrength {
  if ([...password].length < passwordLengthMin) return 'short'
  const bits = surprising(password) * Math.log2(poolSize(password))
  if (bits < fairBits) return 'weak'
  return bits < strongBits ? 'fair' : 'strong'
}

/** Characters that do not merely go on from the one before (`aaa`, `123`), with common words counted as two. */
function surprising(password: string): number {
  const thinned = password.toLowerCase().replace(common, '\u0000\u0001')
  const codes = [...thinned].map((letter) => letter.codePointAt(0) ?? 0)
  return codes.filter((code, index) => {
    const before = codes[index - 1]
    return before === undefined || Math.abs(code - before) > 1
  }).length
}

function poolSize(password: string): number {
  const pools: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^A-Za-z\d]/, 32],
  ]
  return pools.reduce((size, [pattern, more]) => (pattern.test(password) ? size + more : size), 0)
}
