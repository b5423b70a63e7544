/** The two languages of the product; `id` is what a new visitor sees. */
export const languages = ['id', 'en'] as const
export type Language = (typeof languages)[number]

export const defaultLanguage: Language = 'id'
const storageKey = 'siar.language'

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value)
}

/** The language chosen on this device, else Indonesian. A user's saved profile wins later, through `changeLanguage`. */
export function readLanguage(): Language {
  const stored = globalThis.localStorage?.getItem(storageKey)
  return isLanguage(stored) ? stored : defaultLanguage
}

/** Remembers the choice on this device and tells assistive technology which language the page is in. */
export function rememberLanguage(language: Language): void {
  globalThis.localStorage?.setItem(storageKey, language)
  document.documentElement.lang = language
}

/** Each language by its own name, the same on every page. */
export const languageNames: Record<Language, string> = { id: 'Bahasa Indonesia', en: 'English' }
