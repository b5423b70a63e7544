import { Languages } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { changeLanguage } from '#i18n/index.ts'
import { languageNames } from '#i18n/language.ts'

/** The other language with one click, under its own name, for people who are not signed in. */
export function LanguageSwitch() {
  const { i18n } = useTranslation('app')
  const other = i18n.language === 'id' ? 'en' : 'id'
  return (
    <Button
      tone="ghost"
      size="sm"
      icon={<Languages aria-hidden />}
      lang={other}
      onClick={() => void changeLanguage(other)}
    >
      {languageNames[other]}
    </Button>
  )
}
