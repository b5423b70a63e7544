const wordsMax = 48

/**
 * The name by which Meta will know a submission: the template's own name in small letters, and a tail that makes it the only one.
 *
 * Each submission has a name of its own, because Meta lets a name go only weeks after it was deleted.
 */
export function remoteName(templateName: string, id: string): string {
  const words = templateName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, wordsMax)
    .replace(/^_+|_+$/g, '')
  return `${words || 'siar'}_${id.slice(-8)}`
}
