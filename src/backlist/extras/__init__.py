"""What a site can have besides: each switches itself off where it has nothing to say."""
