use proptest::prelude::*;

use super::*;

#[test]
fn operations_are_named_by_what_they_do() {
    for (title, id) in [
        ("Send a chat message", "sendChatMessage"),
        ("List user's chat messages", "listUsersChatMessages"),
        ("🚀 List user’s messages", "listUsersMessages"),
        ("Größe lesen", "grosseLesen"),
        ("Éditer l'élément", "editerLElement"),
        ("名前", "mingQian"),
        ("😀", ""),
        ("The", "the"),
        ("IM groups (all)", "imGroupsAll"),
        ("Get migrated Zoom channel IDs", "getMigratedZoomChannelIds"),
        ("GET ALL APIs", "getAllApis"),
        ("Create a H.323/SIP device", "createH323SipDevice"),
        ("Get an OAuth2 token", "getOauth2Token"),
        ("List Q&A of a past webinar", "listQAndAOfPastWebinar"),
        ("Get webinar Q&A report", "getWebinarQAndAReport"),
        ("Terms & conditions", "termsAndConditions"),
        ("Remove member(s)", "removeMembers"),
        ("Get device(s) or entry(ies)", "getDevicesOrEntries"),
        (
            "Migrate 1:1 conversation or channel operations",
            "migrateOneToOneConversationOrChannelOperations",
        ),
    ] {
        assert_eq!(operation_id(title), id, "{title}");
    }
}

#[test]
fn only_articles_are_dropped_as_articles() {
    for (title, id) in [
        ("Plan A upgrade", "planAUpgrade"),
        ("Plan A Upgrade", "planAUpgrade"),
        ("Upgrade to plan A", "upgradeToPlanA"),
        ("Create an A record", "createARecord"),
        ("A user", "user"),
        ("Get A User", "getUser"),
        ("Get The User", "getUser"),
        ("DELETE A USER", "deleteUser"),
    ] {
        assert_eq!(operation_id(title), id, "{title}");
    }
}

#[test]
fn neither_numbering_nor_address_is_a_name() {
    for (title, id) in [
        ("1. Create token", "createToken"),
        ("2.1) Create token", "createToken"),
        ("2.1 Create token", "createToken"),
        ("Step 3: Create token", "createToken"),
        ("[4] Create token", "createToken"),
        ("05 - Create token", "createToken"),
        ("06-1 - Create token", "createToken"),
        ("[DEPRECATED] Create token", "createToken"),
        ("Create token (deprecated)", "createToken"),
        ("New Request", ""),
        ("Untitled Request Copy 2", ""),
        ("#6 Create token", "createToken"),
        ("1:1 conversation", "oneToOneConversation"),
        ("3-way call", "3WayCall"),
        ("https://api.example.com/v1/things", ""),
        ("{{baseUrl}}/things", ""),
        ("/things/{id}", ""),
        ("GET /things", ""),
        ("api.example.com/things", ""),
        ("Star/unstar thing", "starUnstarThing"),
    ] {
        assert_eq!(operation_id(title), id, "{title}");
    }
}

fn ids(operations: &[(&[&str], &str, &str)]) -> Vec<String> {
    let operations: Vec<Titled<'_>> = operations
        .iter()
        .map(|(titles, method, template)| Titled {
            titles: titles.to_vec(),
            method,
            template,
        })
        .collect();
    let candidates = operation_ids(&operations);
    candidates
        .into_iter()
        .filter_map(|them| them.into_iter().next())
        .collect()
}

#[test]
fn operations_of_one_title_are_told_apart_by_meaning() {
    let title: &[&str] = &["Get a channel"];
    let both = [
        (title, "GET", "/chat/channels/{channelId}"),
        (title, "GET", "/chat/users/{userId}/channels/{channelId}"),
    ];
    assert_eq!(ids(&both), ["getChannel", "getChannelForUser"]);
    let [first, second] = both;
    assert_eq!(ids(&[second, first]), ["getChannelForUser", "getChannel"]);
    let title: &[&str] = &["List"];
    assert_eq!(
        ids(&[
            (title, "GET", "/v2/users"),
            (title, "GET", "/v2/user_groups")
        ]),
        ["listUsers", "listUserGroups"]
    );
    let title: &[&str] = &["Users"];
    assert_eq!(
        ids(&[(title, "GET", "/users"), (title, "POST", "/users")]),
        ["getUsers", "postUsers"]
    );
}

#[test]
fn many_titles_of_one_operation_give_what_they_have_in_common() {
    let many: &[&str] = &["Make an Apple Pay payment", "Refund", "Pay by card"];
    assert_eq!(ids(&[(many, "POST", "/payments")]), ["postPayments"]);
    let many: &[&str] = &[
        "Create user as admin",
        "Create user",
        "Create user for a guest",
    ];
    assert_eq!(ids(&[(many, "POST", "/users")]), ["createUser"]);
    let two: &[&str] = &["", "Get a channel", "Show the channel"];
    assert_eq!(ids(&[(two, "GET", "/channels")]), ["getChannel"]);
    assert_eq!(
        ids(&[(&["3-way call"], "POST", "/calls")]),
        ["post3WayCall"]
    );
    assert_eq!(ids(&[(&["😀"], "GET", "/a/{b_c}.{d}")]), ["getAByBcd"]);
}

#[test]
fn a_long_title_is_cut_before_a_word_that_needs_another() {
    let title = "Create one two three four five six seven eight nine ten of eleven";
    assert_eq!(
        operation_id(title),
        "createOneTwoThreeFourFiveSixSevenEightNineTen"
    );
}

#[test]
fn spellings_that_only_capitals_give_are_words() {
    for (title, name) in [
        ("ioT_AA_", "IotAa"),
        ("ioT2 aa", "Iot2Aa"),
        ("i Pv4 a", "Ipv4A"),
        ("saa S", "Saas"),
        ("mac OS", "MacOs"),
    ] {
        assert_eq!(pascal(title), name, "{title}");
        assert_eq!(pascal(name), name, "{title}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_an_identifier_that_stays(title in "\\PC{0,40}|[A-Za-z0-9 &'.:/()_-]{0,40}") {
        let id = operation_id(&title);
        prop_assert!(id.chars().all(|c| c.is_ascii_alphanumeric()), "{}", id);
        prop_assert_eq!(&operation_id(&title), &id);
        let name = pascal(&title);
        prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{}", name);
        prop_assert_eq!(pascal(&name), name.clone());
        prop_assert_eq!(operation_id(&id), id);
    }

    #[test]
    fn the_order_of_operations_names_nothing(
        mut operations in prop::collection::vec(("(Get|List|Get user)", "(GET|PUT)", "(/[ab](/\\{i\\})?){1,3}"), 0..6)
    ) {
        let named = |operations: &[(String, String, String)]| {
            let titled: Vec<Titled<'_>> = operations
                .iter()
                .map(|(title, method, template)| Titled { titles: vec![title], method, template })
                .collect();
            let mut named: Vec<_> = operations.iter().cloned().zip(operation_ids(&titled)).collect();
            named.sort();
            named
        };
        let forwards = named(&operations);
        operations.reverse();
        prop_assert_eq!(forwards, named(&operations));
    }
}
