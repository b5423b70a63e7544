import { Link } from '@tanstack/react-router'
import { FileUp, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { AddContactSheet } from './add-contact-sheet.tsx'
import { ContactList } from './contact-list.tsx'
import { ContactSheet } from './contact-sheet.tsx'
import { initialView } from './contact-view.ts'
import type { ContactView } from './contact-view.ts'

/** The address book: search, filters, many at once, and one person's details in a side panel. */
export function ContactsPage() {
  const { t } = useTranslation('contacts')
  const canWrite = useCan()('contacts.write')
  const [view, setView] = useUrlState<ContactView>(initialView)
  const add = () => setView({ new: '1' })
  return (
    <Page>
      <PageHeader
        title={t('title')}
        text={t('text')}
        secondary={
          canWrite && (
            <Button icon={<UserPlus aria-hidden />} onClick={add}>
              {t('add.action')}
            </Button>
          )
        }
        action={
          canWrite && (
            <Button tone="primary" asChild>
              <Link to="/contacts/imports/new">
                <FileUp aria-hidden />
                {t('import')}
              </Link>
            </Button>
          )
        }
      />
      <ContactList view={view} setView={setView} onAdd={add} canWrite={canWrite} />
      <ContactSheet contactId={view.contact || null} onClose={() => setView({ contact: '' })} />
      <AddContactSheet
        open={view.new === '1' && canWrite}
        onClose={() => setView({ new: '' })}
        onAdded={(contactId) => setView({ new: '', contact: contactId })}
      />
    </Page>
  )
}
