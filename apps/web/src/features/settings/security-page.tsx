import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { LoginSessionsCard } from './login-sessions-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { TwoFactorCard } from './two-factor-card.tsx'

/** What keeps the person's account theirs: password, second step, and where they are signed in. */
export function SecurityPage() {
  const { t } = useTranslation('settings')
  return (
    <Page>
      <PageHeader title={t('security.title')} text={t('security.text')} />
      <TwoFactorCard />
      <PasswordCard />
      <LoginSessionsCard />
    </Page>
  )
}
