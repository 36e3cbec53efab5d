/** The id by which the grid names its active cell; index −1 is the heading. */
export const cellId = (index: number, column: number) => `fleet-${index}-${column}`
