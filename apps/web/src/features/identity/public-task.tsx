import type { FormEventHandler, ReactNode } from 'react'
import { Button } from '#ui/button.tsx'

export type PublicTaskProps = {
  title: ReactNode
  text?: ReactNode
  /** Above the fields: a Notice. */
  notice?: ReactNode
  children?: ReactNode
  /** Quiet links below. */
  foot?: ReactNode
}

/** One thing to do on a public page: what it is, the fields, and the ways out. */
export function PublicTask({ title, text, notice, children, foot }: PublicTaskProps) {
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="text-xl font-bold text-ink max-sm:text-lg">{title}</h1>
        {text && <p className="mt-1.5 text-sm text-pretty text-muted">{text}</p>}
      </div>
      {notice}
      {children}
      {foot && <div className="flex flex-col gap-2 text-sm text-muted">{foot}</div>}
    </div>
  )
}

export type PublicFormProps = {
  onSubmit: FormEventHandler
  children: ReactNode
  /** Names the deed: "Sign in". */
  submit: string
  busy: boolean
}

/** The fields of a public page and their one button. */
export function PublicForm({ onSubmit, children, submit, busy }: PublicFormProps) {
  return (
    <form noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
      {children}
      <Button type="submit" tone="primary" size="lg" busy={busy} className="mt-1 w-full">
        {submit}
      </Button>
    </form>
  )
}

export const publicLinkStyle = 'font-semibold text-accent-ink underline-offset-4 hover:underline'
