// caught by: lint no-console
console.log('a secret')
