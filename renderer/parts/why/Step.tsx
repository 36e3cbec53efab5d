type StepProps = {
  readonly name: string
  readonly value: string
  readonly how?: string
  readonly strong?: boolean
}

/** One figure and how it comes about. */
export function Step({ name, value, how, strong = false }: StepProps) {
  return (
    <div className="step" data-strong={strong || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {how === undefined ? null : <dd className="how">{how}</dd>}
    </div>
  )
}
