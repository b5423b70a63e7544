import { shellOperations } from '../shell-operations.ts'
import { useNavigate } from '@tanstack/react-router'
import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '#ui/avatar.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { changeLanguage } from '#i18n/index.ts'
import { languageNames, languages } from '#i18n/language.ts'
import type { Language } from '#i18n/language.ts'
import { hasScreen } from '../features.ts'
import { useAction } from '../query.ts'
import { chooseTheme, useTheme } from '../theme.ts'
import { useViewer } from '../viewer.ts'
import { signOut } from '../sign-out.ts'

/** The person: language, theme, sign out. `compact` shows only the picture. */
export function UserMenu({ compact }: { compact?: boolean }) {
  const { t, i18n } = useTranslation('app')
  const { me } = useViewer()
  const { choice } = useTheme()
  const navigate = useNavigate()
  const save = useAction(shellOperations.updateMe, { invalidates: ['identity.getMe'] })
  const speak = (language: Language) => {
    void changeLanguage(language)
    save.mutate({ body: { language } })
  }
  const profile = hasScreen('/settings/profile')
    ? [
        {
          id: 'profile',
          label: t('user.profile'),
          icon: <UserRound aria-hidden />,
          onSelect: () => void navigate({ to: '/settings/profile' }),
        },
      ]
    : []
  const themes = [
    { id: 'light', icon: <Sun aria-hidden /> },
    { id: 'dark', icon: <Moon aria-hidden /> },
    { id: 'system', icon: <Monitor aria-hidden /> },
  ] as const
  return (
    <DropdownMenu
      side="top"
      align={compact ? 'end' : 'start'}
      className="w-56"
      trigger={
        <button
          type="button"
          className={
            compact
              ? 'flex rounded-full'
              : 'flex h-11 w-full min-w-0 items-center gap-2.5 rounded-lg px-2 text-left transition-colors hover:bg-hover'
          }
        >
          <Avatar name={me.name} />
          {!compact && (
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-semibold">{me.name}</span>
              <span className="block truncate text-xs text-subtle">{me.email}</span>
            </span>
          )}
          <span className="sr-only">{t('user.menu')}</span>
        </button>
      }
      groups={[
        {
          label: t('user.language'),
          items: languages.map((language) => ({
            id: language,
            label: languageNames[language],
            checked: i18n.language === language,
            onSelect: () => speak(language),
          })),
        },
        {
          label: t('user.theme'),
          items: themes.map(({ id, icon }) => ({
            id,
            icon,
            label: t(`user.themes.${id}`),
            checked: choice === id,
            onSelect: () => chooseTheme(id),
          })),
        },
        {
          items: [
            ...profile,
            {
              id: 'out',
              label: t('user.signOut'),
              icon: <LogOut aria-hidden />,
              onSelect: () => void signOut(),
            },
          ],
        },
      ]}
    />
  )
}
