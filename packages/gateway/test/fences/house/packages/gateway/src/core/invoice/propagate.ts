// caught by: nothing
export const propagate = 'propagate the page again'
