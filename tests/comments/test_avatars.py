from pressroom.cms.comments import avatars

SECRET = b"s" * 32


def test_the_same_address_has_the_same_avatar_whatever_its_case() -> None:
    first = avatars.hash_of_guest(SECRET, "Ada", "Ada@Example.org")
    assert first == avatars.hash_of_guest(SECRET, "Somebody else", "ada@example.org")
    assert first != avatars.hash_of_guest(b"t" * 32, "Ada", "ada@example.org")


def test_no_name_brings_the_avatar_of_an_address_or_of_a_member() -> None:
    hashes = {
        avatars.hash_of_guest(SECRET, "ada@example.org", None),
        avatars.hash_of_email(SECRET, "ada@example.org"),
        avatars.hash_of_member(SECRET, "ada@example.org"),
    }
    assert len(hashes) == 3
