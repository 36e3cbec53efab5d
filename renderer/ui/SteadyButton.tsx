import type { ButtonHTMLAttributes, Ref } from 'react'

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'disabled'> & {
  /** it cannot act now */
  readonly idle: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/**
 * A button that keeps the focus while it cannot act. A disabled one loses it, and whoever works by keyboard starts
 * again at the top of the window.
 */
export function SteadyButton({ idle, onClick, className = 'button', ...rest }: Props) {
  return (
    <button
      {...rest}
      type="button"
      className={className}
      aria-disabled={idle}
      onClick={idle ? undefined : onClick}
    />
  )
}
