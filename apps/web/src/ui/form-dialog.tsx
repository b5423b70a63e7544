import { useId } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export type FormDialogProps = {
  onClose: () => void
  title: string
  text?: string
  size?: 'sm' | 'md' | 'lg'
  /** Names the deed on the button: "Create tag", never "OK". */
  action: string
  busy: boolean
  /** As of `handleSubmit`: validates, and calls what saves. */
  onSubmit: (event: React.FormEvent<HTMLFormElement>) => Promise<void>
  children: ReactNode
}

/** A short form in a window; it is open as long as it is mounted. */
export function FormDialog({
  onClose,
  title,
  text,
  size = 'sm',
  action,
  busy,
  onSubmit,
  children,
}: FormDialogProps) {
  const { t } = useTranslation('ui')
  const formId = useId()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size={size}
      title={title}
      text={text}
      footer={
        <>
          <Button onClick={onClose}>{t('actions.cancel')}</Button>
          <Button type="submit" form={formId} tone="primary" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4 pb-1"
        onSubmit={(event) => void onSubmit(event)}
      >
        {children}
      </form>
    </Dialog>
  )
}
