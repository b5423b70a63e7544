import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { Input } from './input.tsx'

export type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What will happen, with its figures, and whether it can be undone. */
  text: ReactNode
  /** Names the deed: "Send to 1,204 people now", never "OK". */
  action: string
  onConfirm: () => void
  danger?: boolean
  busy?: boolean
  /** A phrase to type first, for deeds without a way back. */
  phrase?: string | undefined
  children?: ReactNode
}

/** Asks before something that cannot simply be undone; its button names what will happen. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, text, action, onConfirm, danger, busy, phrase, children } = props
  const { t } = useTranslation('ui')
  const [typed, setTyped] = useState('')
  const ready = phrase === undefined || typed.trim() === phrase
  const change = (next: boolean) => {
    setTyped('')
    onOpenChange(next)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      text={text}
      footer={
        <>
          <Button onClick={() => change(false)}>{t('actions.cancel')}</Button>
          <Button
            tone={danger ? 'danger' : 'primary'}
            busy={busy ?? false}
            disabled={!ready}
            onClick={onConfirm}
          >
            {action}
          </Button>
        </>
      }
    >
      {(children || phrase !== undefined) && (
        <div className="flex flex-col gap-4">
          {children}
          {phrase !== undefined && (
            <Field label={t('confirm.typeToConfirm', { phrase })}>
              <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
            </Field>
          )}
        </div>
      )}
    </Dialog>
  )
}
