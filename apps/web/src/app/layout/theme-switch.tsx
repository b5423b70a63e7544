import { Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#ui/icon-button.tsx'
import { chooseTheme, useTheme } from '../theme.ts'

/** Light or dark with one click; "as the system" is in the user menu. */
export function ThemeSwitch() {
  const { t } = useTranslation('app')
  const { shown } = useTheme()
  const dark = shown === 'dark'
  return (
    <IconButton
      size="sm"
      label={dark ? t('user.toLight') : t('user.toDark')}
      icon={dark ? <Sun aria-hidden /> : <Moon aria-hidden />}
      onClick={() => chooseTheme(dark ? 'light' : 'dark')}
    />
  )
}
