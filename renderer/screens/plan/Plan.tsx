export function Plan() {
  return (
    <section className="screen" aria-label="Plan">
      <header className="screen-head">
        <h1>Plan</h1>
      </header>
    </section>
  )
}
