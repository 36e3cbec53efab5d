/** Of the heading of the history, to which other places lead. */
export const HISTORY_HEADING = 'history-heading'
