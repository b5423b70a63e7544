import type { TemplateError } from '@siar/domain'
import type { RefObject } from 'react'
import { cn } from '#ui/cn.ts'
import { useFieldProps } from '#ui/field-context.ts'
import { controlStyle } from '#ui/input.tsx'
import { highlight } from './highlight.ts'

const shape = 'px-3 py-2.5 text-sm leading-6 break-words whitespace-pre-wrap max-sm:text-base'

export type MessageBoxProps = {
  boxRef: RefObject<HTMLTextAreaElement | null>
  text: string
  onText: (text: string) => void
  problems: readonly TemplateError[]
  lengthMax: number
  lang: string
  placeholder: string
}

/**
 * The box one writes a message in. A copy of the text lies behind it, invisible but for the tint of what is in braces and
 * the wavy line under problems; the copy also makes the box as tall as the text.
 */
export function MessageBox({
  boxRef,
  text,
  onText,
  problems,
  lengthMax,
  lang,
  placeholder,
}: MessageBoxProps) {
  const aria = useFieldProps<{ id?: string }>({})
  return (
    <div className="relative rounded-b-lg bg-surface">
      <div
        aria-hidden
        className={cn(shape, 'min-h-60 border border-transparent text-transparent select-none')}
      >
        {highlight(text, problems).map((piece, index) => (
          <span
            key={index}
            className={cn(
              piece.isGroup && 'rounded-xs bg-accent-soft',
              piece.isProblem && 'underline decoration-danger decoration-wavy underline-offset-4',
            )}
          >
            {piece.text}
          </span>
        ))}
        {'\u200b'}
      </div>
      <textarea
        {...aria}
        ref={boxRef}
        value={text}
        lang={lang}
        maxLength={lengthMax}
        placeholder={placeholder}
        spellCheck
        onChange={(event) => onText(event.target.value)}
        className={cn(
          controlStyle,
          shape,
          'absolute inset-0 h-full resize-none overflow-hidden rounded-t-none bg-transparent',
        )}
      />
    </div>
  )
}
