import type { Contact } from '@siar/contract'
import { contactOperations, personDataOperations } from '@siar/contract'
import { BellOff, Download, Merge, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '#app/api.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import type { MenuItem } from '#ui/dropdown-menu.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { Skeleton, SkeletonText } from '#ui/skeleton.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { toast } from '#ui/toast.ts'
import { ConsentBadge } from './consent-badge.tsx'
import { ConsentLedger } from './consent-ledger.tsx'
import { ContactDetails } from './contact-details.tsx'
import { contactName } from './contact-name.ts'
import { ContactTimeline } from './contact-timeline.tsx'
import { EditContactForm } from './edit-contact-form.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { OptOutDialog } from './opt-out-dialog.tsx'
import { phoneText } from './phone-text.ts'

/** One person: details, what happened, what they agreed to. Open while `contactId` is given. */
export function ContactSheet({ contactId, onClose }: { contactId: string | null; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const [editing, setEditing] = useState<string | null>(null)
  const contact = useOperation(
    contactOperations.get,
    { params: { contactId: contactId ?? '' } },
    { enabled: contactId !== null },
  )
  const data = contactId === null ? undefined : contact.data
  const isEditing = data !== undefined && editing === data.id
  return (
    <Sheet
      open={contactId !== null}
      onOpenChange={(open) => {
        if (open) return
        setEditing(null)
        onClose()
      }}
      width="lg"
      title={data ? contactName(data, t('unnamed')) : t('details.loading')}
      text={data?.phone ? phoneText(data.phone) : undefined}
      aside={data && <ConsentBadge {...data} />}
      {...(data && !isEditing
        ? { footer: <Actions contact={data} onEdit={() => setEditing(data.id)} onClosed={onClose} /> }
        : {})}
    >
      {contact.error && <ProblemState error={contact.error} onRetry={() => void contact.refetch()} />}
      {!data && !contact.error && <Loading />}
      {data && isEditing && <EditContactForm contact={data} onDone={() => setEditing(null)} />}
      {data && !isEditing && (
        <Tabs
          param="panel"
          label={t('details.tabs')}
          items={[
            { id: 'details', label: t('details.title'), content: <ContactDetails contact={data} /> },
            { id: 'timeline', label: t('timeline.title'), content: <ContactTimeline contactId={data.id} /> },
            { id: 'consent', label: t('ledger.title'), content: <ConsentLedger contact={data} /> },
          ]}
        />
      )}
    </Sheet>
  )
}

type ActionsProps = { contact: Contact; onEdit: () => void; onClosed: () => void }

function exportItem({ id }: Contact, name: string, label: string): MenuItem {
  const fileName = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.json`
  return {
    id: 'export',
    label,
    icon: <Download aria-hidden />,
    onSelect: () =>
      void download(personDataOperations.export, { params: { contactId: id } }, fileName).catch(toastProblem),
  }
}

function Actions({ contact, onEdit, onClosed }: ActionsProps) {
  const { t } = useTranslation('contacts')
  const can = useCan()
  const [asking, setAsking] = useState<'opt-out' | 'remove' | 'merge' | null>(null)
  const name = contactName(contact, t('unnamed'))
  const remove = useAction(contactOperations.remove, {
    invalidates: ['contacts.list', 'lists.', 'tags.'],
    onSuccess: () => {
      toast.success(t('remove.done', { name }))
      onClosed()
    },
  })
  const isOut = contact.suppressed !== null && contact.marketingConsent === 'withdrawn'
  const items: MenuItem[] = [
    ...(can('data.export') ? [exportItem(contact, name, t('personData.action'))] : []),
    ...(can('contacts.write')
      ? [
          {
            id: 'merge',
            label: t('merge.action'),
            icon: <Merge aria-hidden />,
            onSelect: () => setAsking('merge'),
          },
          {
            id: 'remove',
            label: t('remove.action'),
            icon: <Trash2 aria-hidden />,
            danger: true,
            onSelect: () => setAsking('remove'),
          },
        ]
      : []),
  ]
  return (
    <>
      {items.length > 0 && (
        <span className="mr-auto">
          <DropdownMenu align="start" groups={[{ items }]} />
        </span>
      )}
      {can('inbox.answer') && !isOut && (
        <Button tone="danger-quiet" icon={<BellOff aria-hidden />} onClick={() => setAsking('opt-out')}>
          {t('optOut.action')}
        </Button>
      )}
      {can('contacts.write') && (
        <Button icon={<Pencil aria-hidden />} onClick={onEdit}>
          {t('edit.action')}
        </Button>
      )}
      {asking === 'opt-out' && <OptOutDialog contact={contact} name={name} onClose={() => setAsking(null)} />}
      {asking === 'merge' && <MergeDialog contact={contact} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={(open) => setAsking(open ? 'remove' : null)}
        danger
        title={t('remove.title', { name })}
        text={t('remove.text')}
        action={t('remove.confirm')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params: { contactId: contact.id } })}
      />
    </>
  )
}

function Loading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <Skeleton className="h-9 w-64" />
      <SkeletonText lines={8} />
    </div>
  )
}
