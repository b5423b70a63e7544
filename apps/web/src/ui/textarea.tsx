import type { ComponentProps } from 'react'
import { cn } from './cn.ts'
import { useFieldProps } from './field-context.ts'
import { controlStyle } from './input.tsx'

/** Several lines of text; grows with what is written. Inside a Field it takes its id and error state from there. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  const props = useFieldProps(rest)
  return (
    <textarea
      rows={4}
      {...props}
      className={cn(
        controlStyle,
        'field-sizing-content min-h-20 px-3 py-2 leading-5 max-sm:text-base',
        className,
      )}
    />
  )
}
