import { verify } from './scripts/listings/verify.js';
const r = await verify({root:'/tmp/lc', packages: process.argv.slice(2), say: (l)=>console.log(l), update: process.env.UPDATE==='1'});
console.log(JSON.stringify(r,null,1));
