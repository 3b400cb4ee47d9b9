//! The scripts and their arguments.

use std::sync::LazyLock;

use redis::{FromRedisValue, Script, ToRedisArgs, aio::ConnectionManager};

use crate::limit::store::LimitStoreError;

pub(super) struct Scripts {
    take: Script,
    settle: Script,
    hold: Script,
}

#[derive(Debug, Clone, Copy)]
enum Which {
    Take,
    Settle,
    Hold,
}

/// One run of a script.
#[derive(Debug)]
pub(super) struct Invocation {
    which: Which,
    keys: Vec<String>,
    arguments: Vec<Vec<u8>>,
}

impl Scripts {
    pub(super) fn get() -> &'static Self {
        static SCRIPTS: LazyLock<Scripts> = LazyLock::new(|| Scripts {
            take: Script::new(concat!(
                include_str!("prelude.lua"),
                include_str!("take.lua")
            )),
            settle: Script::new(concat!(
                include_str!("prelude.lua"),
                include_str!("settle.lua")
            )),
            hold: Script::new(concat!(
                include_str!("prelude.lua"),
                include_str!("hold.lua")
            )),
        });
        &SCRIPTS
    }

    pub(super) async fn run<T: FromRedisValue>(
        &self,
        invocation: &Invocation,
        connection: &mut ConnectionManager,
    ) -> Result<T, LimitStoreError> {
        let script = match invocation.which {
            Which::Take => &self.take,
            Which::Settle => &self.settle,
            Which::Hold => &self.hold,
        };
        let mut run = script.prepare_invoke();
        for key in &invocation.keys {
            run.key(key);
        }
        for argument in &invocation.arguments {
            run.arg(argument);
        }
        run.invoke_async(connection)
            .await
            .map_err(LimitStoreError::new)
    }
}

impl Invocation {
    pub(super) fn take(time: Option<u64>) -> Self {
        Self::new(Which::Take, time)
    }

    pub(super) fn settle(time: Option<u64>) -> Self {
        Self::new(Which::Settle, time)
    }

    pub(super) fn hold(time: Option<u64>) -> Self {
        Self::new(Which::Hold, time)
    }

    /// All begin with the time, which is empty for that of the server.
    fn new(which: Which, time: Option<u64>) -> Self {
        let time = time.map(|time| time.to_string()).unwrap_or_default();
        Self {
            which,
            keys: Vec::new(),
            arguments: vec![time.into_bytes()],
        }
    }

    pub(super) fn key(&mut self, key: String) {
        self.keys.push(key);
    }

    pub(super) fn argument(&mut self, argument: impl ToRedisArgs) {
        self.arguments.extend(argument.to_redis_args());
    }
}
