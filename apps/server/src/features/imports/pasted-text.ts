/** Numbers pasted in one line (`0812…, 0813…; 0814…`) become one line each; anything else stays as it is. */
export function spreadPastedNumbers(text: string): string {
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== '')
  const [line] = lines
  if (lines.length !== 1 || line === undefined) return text
  const parts = line.split(/[,;\t|]/).map((part) => part.trim())
  const filled = parts.filter((part) => part !== '')
  const looksLikeNumbers =
    filled.every((part) => /^['"]?[+(]?\d[\d\s().-]*['"]?$/.test(part)) &&
    filled.some((part) => part.length >= 8)
  return looksLikeNumbers && filled.length > 1 ? filled.join('\n') : text
}
