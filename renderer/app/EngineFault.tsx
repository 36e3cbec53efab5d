/** In place of every screen once the engine has failed: figures that nothing keeps up must not look like today's. */
export function EngineFault({ message }: { readonly message: string }) {
  return (
    <section className="panel fault-panel" role="alert">
      <h1>The figures are no longer computed</h1>
      <p>{message}</p>
      <p className="muted">What is stored is safe.</p>
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        Load the window again
      </button>
    </section>
  )
}
