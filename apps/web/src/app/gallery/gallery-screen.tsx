import { useTranslation } from 'react-i18next'
import { changeLanguage } from '#i18n/index.ts'
import { Button } from '#ui/button.tsx'
import { Logo } from '#ui/logo.tsx'
import { chooseTheme, useTheme } from '../theme.ts'
import { ChartsSection } from './charts-section.tsx'
import { ControlsSection } from './controls-section.tsx'
import { DataSection } from './data-section.tsx'
import { FeedbackSection } from './feedback-section.tsx'
import { PhoneSection } from './phone-section.tsx'

/** Every component of the design system on one page; development builds only, so its samples are not translated. */
export function GalleryScreen() {
  const { i18n } = useTranslation()
  const { shown } = useTheme()
  return (
    <main className="mx-auto flex w-full max-w-6xl flex-col gap-12 px-4 py-8 sm:px-8">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <Logo />
        <span className="flex gap-2">
          <Button size="sm" onClick={() => chooseTheme(shown === 'dark' ? 'light' : 'dark')}>
            {shown}
          </Button>
          <Button size="sm" onClick={() => void changeLanguage(i18n.language === 'id' ? 'en' : 'id')}>
            {i18n.language}
          </Button>
        </span>
      </header>
      <ControlsSection />
      <DataSection />
      <FeedbackSection />
      <PhoneSection />
      <ChartsSection />
    </main>
  )
}
