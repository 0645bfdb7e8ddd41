import sys; sys.path.insert(0,'/tmp/wt/pkg/benchmarks')
import os, shutil, time, hashlib
from pathlib import Path
from teiwright.depositing import tree as T
t=Path('/tmp/scratch-pkg/prof'); shutil.rmtree(t/'out',ignore_errors=True)
ps=sorted((t/'in').iterdir())
def lap(name,f):
    a=os.times(); f(); b=os.times(); print(f'{name:20} user {b.user-a.user:.2f} sys {b.system-a.system:.2f}')
lap('hash', lambda: [ (hashlib.sha256(d).hexdigest(), hashlib.sha512(d).hexdigest()) for d in (b'x'*8000 for _ in ps)])
lap('chunks', lambda: [list(T._chunks(p)) for p in ps])
root=t/'out'
lap('create', lambda: [T._created(f'{root}/a/b/{n}').close() for n in range(10000)])
lap('write', lambda: [T.write(root, f'c/d/{n}', ps[n], 'x') for n in range(10000)])
placed=T.place([T.File(T.Role.TEI,p.name,p) for p in ps])
lap('write_placed', lambda: [T.write_placed(root, p) for p in placed])
