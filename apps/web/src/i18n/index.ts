import i18next from 'i18next'
import type { BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { languages, readLanguage, rememberLanguage } from './language.ts'
import type { Language } from './language.ts'

const files = import.meta.glob<{ default: Record<string, unknown> }>(['./id/*.json', './en/*.json'])

/** Every namespace that has a file; one per feature, plus `app` (shell) and `ui` (design system). */
export const namespaces = [
  ...new Set(Object.keys(files).map((path) => path.slice(path.lastIndexOf('/') + 1, -5))),
]

const lazyFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`./${language}/${namespace}.json`]
    if (!load) return done(new Error(`no texts for ${language}/${namespace}`), null)
    load().then(
      (file) => done(null, file.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    )
  },
}

/** Starts the texts with the shell's two namespaces; a feature's own file loads when its screen first asks (suspends). */
export async function startTexts(): Promise<void> {
  await i18next
    .use(lazyFiles)
    .use(initReactI18next)
    .init({
      lng: readLanguage(),
      fallbackLng: false,
      supportedLngs: [...languages],
      ns: ['app', 'ui'],
      defaultNS: 'app',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
  rememberLanguage(currentLanguage())
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'id'
}

/** Switches every text, date and amount on the page at once. */
export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  rememberLanguage(language)
}
