import { useEffect, useState } from 'react'
import { Input } from '#ui/input.tsx'
import type { InputProps } from '#ui/input.tsx'

export type CountInputProps = Omit<InputProps, 'value' | 'onChange' | 'type' | 'min' | 'max'> & {
  value: number
  min: number
  max: number
  onValueChange: (value: number) => void
}

/** A whole number within bounds. While something else is typed the last good number holds, and shows again afterwards. */
export function CountInput({ value, min, max, onValueChange, ...rest }: CountInputProps) {
  const [text, setText] = useState(String(value))
  useEffect(() => setText(String(value)), [value])
  const type = (typed: string) => {
    setText(typed)
    const next = typed.trim() === '' ? Number.NaN : Number(typed)
    if (Number.isInteger(next) && next >= min && next <= max) onValueChange(next)
  }
  return (
    <Input
      {...rest}
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      value={text}
      onChange={(event) => type(event.target.value)}
      onBlur={() => setText(String(value))}
    />
  )
}
