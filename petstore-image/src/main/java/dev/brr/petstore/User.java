package dev.brr.petstore;

import java.util.List;

/** A person, and what they wrote. */
record User(String id, String name, String email, List<Post> posts) {

    /** What others see of a user. */
    record Card(String id, String name, String email) {}

    /** Something a user wrote. */
    record Post(String id, String title, String body) {}

    Card card() {
        return new Card(id, name, email);
    }
}
