/** The form of the typed hashprice, which buttons beside the answer send too. */
export const TYPING_FORM = 'typing-form'
/** Value of the button that prints the work list once what is typed is stored. */
export const THEN_PRINT = 'print'
