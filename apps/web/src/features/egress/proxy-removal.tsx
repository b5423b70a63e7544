import { egressOperations } from '@siar/contract'
import type { Proxy } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'

/** Asks before a proxy goes, with what becomes of its senders. */
export function ProxyRemoval({ proxy, onClose }: { proxy: Proxy; onClose: () => void }) {
  const { t } = useTranslation('egress')
  const remove = useAction(egressOperations.removeProxy, {
    invalidates: ['proxies.', 'egress.', 'senders.'],
    onSuccess: () => {
      toast.success(t('removal.done', { name: proxy.name }))
      onClose()
    },
  })
  const count = proxy.senders.length
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('removal.title', { name: proxy.name })}
      text={count === 0 ? t('removal.unused') : t('removal.used', { count })}
      action={t('removal.action')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ params: { proxyId: proxy.id } })}
    />
  )
}
